import type { ReactElement } from 'react'
import { formatCount, formatNumber } from '../view/format.ts'
import { histogramBars } from '../view/histogram-shape.ts'

/** A histogram: bars over their values, with the axis' ends and the largest count. */
export function HistogramBars(props: {
  readonly counts: readonly number[]
  readonly edges: readonly number[]
  readonly label: string
}): ReactElement {
  const { counts, edges, label } = props
  const bars = histogramBars(counts, edges)
  if (bars.length === 0) return <p className="p-3 text-muted">This histogram has no bins.</p>
  const total = counts.reduce((sum, count) => sum + count, 0)
  const most = Math.max(...counts)
  const first = edges[0] as number
  const last = edges.at(-1) as number
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
            width={bar.width * 0.96}
            x={bar.x}
            y={bar.y}
          >
            <title>{`${formatNumber(bar.from)} to ${formatNumber(bar.to)}: ${formatNumber(bar.count)}`}</title>
          </rect>
        ))}
      </svg>
      <figcaption className="flex justify-between pt-0.5 text-muted text-xs">
        <span>{formatNumber(first)}</span>
        <span>{formatNumber(last)}</span>
      </figcaption>
    </figure>
  )
}
