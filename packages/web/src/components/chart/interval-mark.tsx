import type { ReactElement } from 'react'
import type { RunValue } from '../../view/chart/single-values.ts'

const width = 72
const margin = 4

/** A value as a dot on the scale of its row, with its interval as a bar through it. The number stands beside it. */
export function IntervalMark(props: {
  readonly value: RunValue
  readonly extent: readonly [low: number, high: number]
}): ReactElement | null {
  const { value, lower, upper } = props.value
  const [low, high] = props.extent
  if (!Number.isFinite(value)) return null
  const toX = (number: number): number => {
    const share = high === low ? 0.5 : (number - low) / (high - low)
    return margin + share * (width - 2 * margin)
  }
  return (
    <svg aria-hidden="true" className="shrink-0 text-accent" height="14" width={width}>
      <line className="stroke-line" x1="0" x2={width} y1="7" y2="7" />
      {lower !== undefined && upper !== undefined && Number.isFinite(lower) && Number.isFinite(upper) && (
        <rect
          fill="currentColor"
          height="4"
          opacity="0.4"
          rx="2"
          width={Math.max(1, toX(upper) - toX(lower))}
          x={toX(lower)}
          y="5"
        />
      )}
      <circle cx={toX(value)} cy="7" fill="currentColor" r="3" />
    </svg>
  )
}
