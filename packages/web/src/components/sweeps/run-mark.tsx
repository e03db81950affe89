import type { ReactElement } from 'react'
import { markWords, type SweepPoint } from '../../view/sweeps/best-so-far.ts'

/** Half the size of a mark, pixels. */
const size = 4.5

/** A run of a sweep in a plot: its shape says how the run ended. */
export function RunMark(props: {
  readonly mark: SweepPoint['mark']
  readonly x: number
  readonly y: number
  readonly color: string
}): ReactElement {
  const { mark, x, y, color } = props
  switch (mark) {
    case 'failed':
      return (
        <path
          d={`M${x - size},${y - size}l${2 * size},${2 * size}m0,${-2 * size}l${-2 * size},${2 * size}`}
          stroke={color}
          strokeWidth={2}
        />
      )
    case 'stopped':
      return <rect fill={color} height={2 * size - 1} width={2 * size - 1} x={x - size} y={y - size} />
    case 'live':
      return <circle cx={x} cy={y} fill="var(--panel)" r={size} stroke={color} strokeWidth={2} />
    case 'ended':
      return <circle cx={x} cy={y} fill={color} r={size} />
  }
}

/** Around the mark of the best run. */
export function BestRing({ x, y }: { readonly x: number; readonly y: number }): ReactElement {
  return <circle className="fill-none stroke-(--text)" cx={x} cy={y} r={2 * size - 1} strokeWidth={1.5} />
}

/** What the marks of a plot mean. @param props.colorOf - Default: colours mean something else. */
export function MarkLegend(props: {
  readonly marks: readonly SweepPoint['mark'][]
  readonly hasBest: boolean
  readonly colorOf?: ((mark: SweepPoint['mark']) => string) | undefined
}): ReactElement {
  const { marks, hasBest, colorOf } = props
  return (
    <>
      {marks.map((mark) => (
        <span className="inline-flex items-center gap-1" key={mark}>
          <svg aria-hidden="true" height="12" width="12">
            <RunMark color={colorOf?.(mark) ?? 'currentColor'} mark={mark} x={6} y={6} />
          </svg>
          {markWords[mark]}
        </span>
      ))}
      {hasBest && (
        <span className="inline-flex items-center gap-1">
          <svg aria-hidden="true" height="18" width="18">
            <BestRing x={9} y={9} />
          </svg>
          best run
        </span>
      )}
    </>
  )
}
