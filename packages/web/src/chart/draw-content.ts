import { drawClipped } from './draw-clipped.ts'
import { drawLine, type Pen } from './draw-lines.ts'
import type { PlotContent } from './plot.ts'
import type { Projection } from './projection.ts'

/** Lines at most this many are drawn at full strength; more become translucent so that density shows. */
const densityFrom = 200

/** Draws all lines of a chart, the first one on top, on the page and in pictures alike. The pen is clipped to the plot already. */
export function drawContent(pen: Pen, content: PlotContent, at: Projection, devicePixelRatio: number): void {
  const { lines, marksClipped } = content
  const isDense = lines.length > densityFrom
  const alpha = isDense ? Math.max(0.12, Math.min(0.5, 120 / lines.length)) : 1
  const look = { devicePixelRatio, emphasis: 1, alpha, isDense }
  for (const line of lines.toReversed()) drawLine(pen, line, at, look)
  if (marksClipped && !isDense) for (const line of lines) drawClipped(pen, line, at, devicePixelRatio)
}
