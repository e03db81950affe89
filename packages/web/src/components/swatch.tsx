import type { ReactElement } from 'react'
import type { RunStyle } from '../view/palette.ts'

/** A short piece of a run's line: colour and dash. */
export function Swatch({ style, width = 22 }: { readonly style: RunStyle; readonly width?: number }): ReactElement {
  return (
    <svg aria-hidden="true" className="shrink-0" height="10" width={width}>
      <line
        stroke={style.color}
        strokeDasharray={style.dash.join(' ')}
        strokeWidth="2.5"
        x1="0"
        x2={width}
        y1="5"
        y2="5"
      />
    </svg>
  )
}
