import type { ReactElement } from 'react'
import { histogramBars } from '../../view/chart/histogram-shape.ts'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { AxisTicks } from './axis-ticks.tsx'

/** A histogram: bars over an axis of values, and how full the fullest one is. */
export function HistogramBars(props: {
  readonly counts: readonly number[]
  readonly edges: readonly number[]
  readonly label: string
  /** The ends of the axis, where several histograms have one. Default: those of the bins. */
  readonly range?: readonly [low: number, high: number]
}): ReactElement {
  const { counts, edges, label } = props
  const bars = histogramBars(counts, edges)
  if (bars.length === 0) return <p className="p-3 text-muted">This histogram has no bins.</p>
  const total = counts.reduce((sum, count) => sum + count, 0)
  const most = Math.max(...counts)
  const first = edges[0] as number
  const last = edges.at(-1) as number
  const [low, high] = props.range ?? [first, last]
  const left = high > low ? (first - low) / (high - low) : 0
  const width = high > low ? (last - first) / (high - low) : 1
  return (
    <figure
      aria-label={`Histogram of ${label}: ${formatCount(total, 'value')} from ${formatNumber(first)} to ${formatNumber(last)}.`}
      className="flex h-full min-h-0 flex-col"
    >
      <p className="text-muted text-xs">{formatNumber(most)}</p>
      <svg
        aria-hidden="true"
        className="min-h-0 w-full flex-1 border-line-strong border-b"
        preserveAspectRatio="none"
        viewBox="0 0 1 1"
      >
        {bars.map((bar) => (
          <rect
            className="fill-accent hover:opacity-70"
            height={bar.height}
            key={bar.x}
            width={bar.width * (width || 1) * 0.96}
            x={left + bar.x * width}
            y={bar.y}
          >
            <title>{`${formatNumber(bar.from)} to ${formatNumber(bar.to)}: ${formatNumber(bar.count)}`}</title>
          </rect>
        ))}
      </svg>
      <AxisTicks high={high} low={low} />
    </figure>
  )
}
