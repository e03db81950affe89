import type { ReactElement } from 'react'
import type { Range } from '../../view/address/url-state.ts'
import { markWords, type SweepPoint } from '../../view/sweeps/best-so-far.ts'

/** Half the size of a mark, pixels. */
const size = 4.5

/** On which side of an axis a value lies beyond its end; undefined: it is on it. */
export function beyondOf(value: number, range: Range | undefined): 'above' | 'below' | undefined {
  if (range === undefined || (value >= range[0] && value <= range[1])) return undefined
  return value > range[1] ? 'above' : 'below'
}

/** A run of a sweep in a plot: its shape says how the run ended, and an arrow at it that its value lies beyond the axis. */
export function RunMark(props: {
  readonly mark: SweepPoint['mark']
  readonly x: number
  readonly y: number
  readonly color: string
  /** Default: it is on it. */
  readonly beyond?: 'above' | 'below' | undefined
}): ReactElement {
  const { x, y, color, beyond } = props
  const up = beyond === 'above' ? 1 : -1
  return (
    <>
      <RunShape {...props} />
      {beyond && <path d={`M${x + size + 2},${y + up * 3}l6,0l-3,${-up * 6}z`} fill={color} />}
    </>
  )
}

function RunShape({
  mark,
  x,
  y,
  color,
}: Pick<Parameters<typeof RunMark>[0], 'mark' | 'x' | 'y' | 'color'>): ReactElement {
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
