import type { HistogramsResponse } from '@lossline/protocol'
import { type ReactElement, useEffect, useRef } from 'react'
import { useTheme } from '../hooks/use-store.ts'
import { formatCount, formatNumber } from '../view/format.ts'
import { heatShares } from '../view/histogram-shape.ts'

/** Histograms over the steps: a column for each, values upwards, the fuller a bin the stronger its colour. */
export function HistogramHeat(props: {
  readonly histograms: HistogramsResponse
  readonly label: string
}): ReactElement {
  const { histograms, label } = props
  const { steps, edges } = histograms
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useTheme()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colour of the style changes with the theme.
  useEffect(() => {
    if (canvas.current) paint(canvas.current, heatShares(histograms.counts))
  }, [histograms, theme])
  const [low, high] = [edges[0] ?? 0, edges.at(-1) ?? 0]
  const [first, last] = [steps[0] ?? 0, steps.at(-1) ?? 0]
  return (
    <figure className="flex h-full min-h-0 flex-col">
      <p className="text-muted text-xs">{formatNumber(high)}</p>
      <canvas
        aria-label={`Histograms of ${label} at ${formatCount(steps.length, 'step')} from ${formatNumber(first)} to ${formatNumber(last)}, values from ${formatNumber(low)} to ${formatNumber(high)}.`}
        className="min-h-0 w-full flex-1 border border-line [image-rendering:pixelated]"
        ref={canvas}
        role="img"
      />
      <figcaption className="flex justify-between text-muted text-xs">
        <span>
          {formatNumber(low)} · step {formatNumber(first)}
        </span>
        <span>step {formatNumber(last)}</span>
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
  pen.fillStyle = getComputedStyle(canvas).getPropertyValue('--accent')
  for (const [column, bins] of shares.entries()) {
    for (const [bin, share] of bins.entries()) {
      pen.globalAlpha = share
      pen.fillRect(column, rows - 1 - bin, 1, 1)
    }
  }
}
