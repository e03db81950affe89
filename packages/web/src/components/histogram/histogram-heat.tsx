import { type PointerEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import { type HistogramSeries, readHeat } from '../../view/chart/histogram-series.ts'
import { heatShares, labelledColumns } from '../../view/chart/histogram-shape.ts'
import { sequentialColor } from '../../view/chart/sequential-color.ts'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { AxisTicks, PlacedTicks } from './axis-ticks.tsx'

/** Histograms over the steps: a column for each, values upwards, the fuller a bin the brighter. */
export function HistogramHeat(props: { readonly series: HistogramSeries; readonly label: string }): ReactElement {
  const { series, label } = props
  const { steps, edges } = series
  const canvas = useRef<HTMLCanvasElement>(null)
  const [reading, setReading] = useState<string>()
  useEffect(() => {
    if (canvas.current) paint(canvas.current, heatShares(series.counts))
  }, [series])
  const [low, high] = [edges[0] ?? 0, edges.at(-1) ?? 0]
  const [first, last] = [steps[0] ?? 0, steps.at(-1) ?? 0]
  const read = (event: PointerEvent<HTMLCanvasElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    setReading(readHeat(series, (event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height))
  }
  const labelled = labelledColumns(steps.length)
  return (
    <figure className="flex h-full min-h-0 flex-col">
      <div className="flex min-h-0 flex-1">
        <AxisTicks high={high} isVertical low={low} />
        <canvas
          aria-label={`Histograms of ${label} at ${formatCount(steps.length, 'step')} from ${formatNumber(first)} to ${formatNumber(last)}, values from ${formatNumber(low)} to ${formatNumber(high)}.`}
          className="h-full min-h-0 min-w-0 flex-1 border border-line [image-rendering:pixelated]"
          onPointerLeave={() => setReading(undefined)}
          onPointerMove={read}
          ref={canvas}
          role="img"
        />
      </div>
      <div className="pl-10">
        <PlacedTicks
          labels={labelled.map((column) => formatNumber(steps[column]!))}
          places={labelled.map((column) => (column + 0.5) / steps.length)}
        />
      </div>
      <figcaption className="flex items-center justify-between gap-2 text-muted text-xs">
        <span className="min-w-0 truncate">{reading ?? 'Step'}</span>
        <span className="flex shrink-0 items-center gap-1">
          few
          <span
            aria-hidden="true"
            className="inline-block h-2 w-12 rounded-sm"
            style={{
              background: `linear-gradient(to right, ${[0, 0.25, 0.5, 0.75, 1].map(sequentialColor).join(', ')})`,
            }}
          />
          most of a step
        </span>
      </figcaption>
    </figure>
  )
}

function paint(canvas: HTMLCanvasElement, shares: readonly (readonly number[])[]): void {
  const rows = shares[0]?.length ?? 0
  canvas.width = shares.length
  canvas.height = rows
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.clearRect(0, 0, canvas.width, canvas.height)
  for (const [column, bins] of shares.entries()) {
    for (const [bin, share] of bins.entries()) {
      // What holds nothing is the panel itself.
      if (share <= 0) continue
      pen.fillStyle = sequentialColor(share)
      pen.fillRect(column, rows - 1 - bin, 1, 1)
    }
  }
}
