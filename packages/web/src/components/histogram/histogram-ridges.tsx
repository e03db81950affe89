import { type ReactElement, useMemo } from 'react'
import { type HistogramSeries, toRidges } from '../../view/chart/histogram-series.ts'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { AxisTicks, PlacedTicks } from './axis-ticks.tsx'

/** How far the highest ridge reaches over those behind it, in distances between two. */
const overlap = 2.2
const labelCountMax = 6

/** Histograms above each other, the oldest behind, over one axis of values. */
export function HistogramRidges(props: {
  readonly series: HistogramSeries
  readonly label: string
  readonly color: string
}): ReactElement {
  const { series, label, color } = props
  const ridges = useMemo(() => toRidges(series), [series])
  const { edges, steps } = series
  const [low, high] = [edges[0] ?? 0, edges.at(-1) ?? 0]
  // The lines stand from top to bottom; above the first there is room for its ridge.
  const distance = 1 / (ridges.length - 1 + overlap)
  const baseOf = (index: number): number => (overlap + index) * distance
  const every = Math.max(1, Math.ceil(ridges.length / labelCountMax))
  const labelled = ridges.map((_, index) => index).filter((index) => index % every === 0)
  return (
    <figure
      aria-label={`Histograms of ${label} at ${formatCount(ridges.length, 'step')} from ${formatNumber(steps[0] ?? 0)} to ${formatNumber(steps.at(-1) ?? 0)}, values from ${formatNumber(low)} to ${formatNumber(high)}.`}
      className="flex h-full min-h-0 flex-col"
    >
      <div className="flex min-h-0 flex-1">
        <PlacedTicks
          isVertical
          labels={labelled.map((index) => formatNumber(ridges[index]!.step))}
          places={labelled.map((index) => 1 - baseOf(index))}
        />
        <svg aria-hidden="true" className="h-full min-h-0 min-w-0 flex-1" preserveAspectRatio="none" viewBox="0 0 1 1">
          {ridges.map(({ step, heights }, index) => (
            <path
              d={toPath(heights, baseOf(index), overlap * distance)}
              fill={color}
              fillOpacity={0.25}
              key={step}
              stroke={color}
              strokeWidth={1.25}
              vectorEffect="non-scaling-stroke"
            >
              <title>{`Step ${formatNumber(step)}`}</title>
            </path>
          ))}
        </svg>
      </div>
      <div className="pl-10">
        <AxisTicks high={high} low={low} />
      </div>
      <figcaption className="text-muted text-xs">
        {ridges.length < steps.length
          ? `${ridges.length} of ${formatCount(steps.length, 'step')}, the newest in front`
          : 'The newest step is in front'}
      </figcaption>
    </figure>
  )
}

/** A closed curve through the middles of the bins. */
function toPath(heights: readonly number[], base: number, height: number): string {
  const points = heights.map((share, bin) => `${(bin + 0.5) / heights.length} ${base - share * height}`)
  return `M0 ${base}L${points.join('L')}L1 ${base}Z`
}
