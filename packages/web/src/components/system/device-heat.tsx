import { type ReactElement, useEffect, useMemo, useRef } from 'react'
import type { ChartLine } from '../../chart/chart-line.ts'
import type { Range } from '../../view/address/url-state.ts'
import { sequentialColor } from '../../view/chart/sequential-color.ts'
import { type HeatRows, toHeatRows } from '../../view/system/heat-rows.ts'
import { formatClock, formatNumber } from '../../view/text/format.ts'

const columnCount = 120
const rowHeight = 18

/** Devices below each other, time to the right: the brighter, the more. */
export function DeviceHeat(props: {
  readonly title: string
  readonly lines: readonly ChartLine[]
  /** Seconds since 1970. */
  readonly range: Range
}): ReactElement | null {
  const { title, lines, range } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const [from, to] = range
  const heat = useMemo(() => toHeatRows(lines, [from, to], columnCount), [lines, from, to])
  useEffect(() => {
    if (canvas.current) paint(canvas.current, heat)
  }, [heat])
  if (heat.low > heat.high) return null
  const ends = `${formatNumber(heat.low)} to ${formatNumber(heat.high)}`
  const clock = (seconds: number): string => formatClock(seconds * 1000)
  return (
    <figure className="px-3 pb-2">
      <div className="flex gap-2">
        <ul className="shrink-0 text-muted text-xs">
          {lines.map(({ label }) => (
            <li className="flex items-center" key={label} style={{ height: rowHeight }}>
              {label}
            </li>
          ))}
        </ul>
        <canvas
          aria-label={`${title} of ${lines.length} devices over time, ${ends}.`}
          className="min-w-0 flex-1 [image-rendering:pixelated]"
          ref={canvas}
          role="img"
          style={{ height: lines.length * rowHeight }}
        />
      </div>
      <figcaption className="flex justify-between gap-2 pt-0.5 text-muted text-xs">
        <span>{clock(from)}</span>
        <span>dark {ends} bright</span>
        <span>{clock(to)}</span>
      </figcaption>
    </figure>
  )
}

function paint(canvas: HTMLCanvasElement, { rows, low, high }: HeatRows): void {
  canvas.width = columnCount
  canvas.height = rows.length
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.clearRect(0, 0, canvas.width, canvas.height)
  for (const [y, row] of rows.entries()) {
    for (const [x, value] of row.entries()) {
      if (Number.isNaN(value)) continue
      pen.fillStyle = sequentialColor(high > low ? (value - low) / (high - low) : 0.5)
      pen.fillRect(x, y, 1, 1)
    }
  }
}
