import type { ReactElement } from 'react'
import { formatTicks, linearTicks } from '../../chart/ticks.ts'

/** Labels beside a plot, at round values, from `low` to `high`: left to right, or bottom to top. */
export function AxisTicks(props: {
  readonly low: number
  readonly high: number
  readonly isVertical?: boolean
}): ReactElement {
  const { low, high, isVertical = false } = props
  const ticks = high > low && Number.isFinite(high - low) ? linearTicks(low, high, 5) : [low]
  const labels = formatTicks(ticks)
  return <PlacedTicks isVertical={isVertical} labels={labels} places={ticks.map((tick) => shareOf(tick, low, high))} />
}

/** Labels at shares of an axis, 0…1; those at its ends stay beside the plot. */
export function PlacedTicks(props: {
  readonly labels: readonly string[]
  readonly places: readonly number[]
  readonly isVertical?: boolean
}): ReactElement {
  const { labels, places, isVertical = false } = props
  return (
    <span
      aria-hidden="true"
      className={`relative block text-muted text-xs ${isVertical ? 'h-full w-10' : 'h-4 w-full'}`}
    >
      {labels.map((label, index) => {
        const place = places[index]!
        const shift = isVertical ? (place > 0.94 ? '0' : place < 0.06 ? '-100%' : '-50%') : `${-place * 100}%`
        return (
          <span
            className="absolute whitespace-nowrap leading-none"
            key={label}
            style={
              isVertical
                ? { right: 4, top: `${(1 - place) * 100}%`, transform: `translateY(${shift})` }
                : { left: `${place * 100}%`, top: 3, transform: `translateX(${shift})` }
            }
          >
            {label}
          </span>
        )
      })}
    </span>
  )
}

function shareOf(value: number, low: number, high: number): number {
  return high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5
}
