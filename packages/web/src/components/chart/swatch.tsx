import type { ReactElement } from 'react'
import { dashGradient, type RunStyle } from '../../view/chart/palette.ts'

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

/** The same without an SVG, each of which a browser keeps apart from what is around it: for what changes with every move. */
export function SwatchBar({ style }: { readonly style: RunStyle }): ReactElement {
  return (
    <span
      aria-hidden="true"
      className="block h-0.5 w-[18px] [forced-color-adjust:none]"
      style={{ background: dashGradient(style) }}
    />
  )
}
