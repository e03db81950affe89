import type { ReactElement } from 'react'
import { useTheme } from '../../hooks/use-store.ts'
import { sequentialMarkColor } from '../../view/chart/sequential-color.ts'

/** What the colours of dots or lines stand for: a name, and the values at both ends. */
export function ColorScale(props: {
  readonly name: string
  readonly low: string
  readonly high: string
  /** More about the ends. */
  readonly title?: string | undefined
}): ReactElement {
  const theme = useTheme()
  const colors = [0, 0.25, 0.5, 0.75, 1].map((share) => sequentialMarkColor(share, theme))
  return (
    <span className="inline-flex min-w-0 items-center gap-2" title={props.title}>
      <span className="truncate">{props.name}</span>
      {props.low}
      <span
        aria-hidden="true"
        className="inline-block h-2.5 w-24 shrink-0 rounded-sm"
        style={{ background: `linear-gradient(to right, ${colors.join(', ')})` }}
      />
      {props.high}
    </span>
  )
}
