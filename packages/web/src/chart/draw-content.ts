import { drawArea } from './draw-area.ts'
import { drawClipped } from './draw-clipped.ts'
import { drawLine, type LineLook, type Pen } from './draw-lines.ts'
import { drawMarks, drawPins } from './draw-marks.ts'
import type { PlotContent } from './plot.ts'
import type { Projection } from './projection.ts'

/** Lines at most this many are drawn at full strength; more become translucent so that density shows. */
export const densityFrom = 200

/**
 * Draws all lines of a chart, the first one on top, on the page and in pictures alike. The pen is clipped to the plot already.
 *
 * @returns How many of them shake so much that they would cover the others, see {@link drawLine}.
 */
export function drawContent(pen: Pen, content: PlotContent, at: Projection, devicePixelRatio: number): number {
  const { lines, members = [], form, marks, pins, marksClipped } = content
  const look = lookOf(content, devicePixelRatio)
  const { isDense, alpha } = look
  // Behind the lines: what was logged is covered by nothing that happened beside it.
  drawMarks(pen, marks, at, devicePixelRatio)
  for (const line of members.toReversed()) drawLine(pen, line, at, memberLook(members.length, look))
  if (form !== 'line') for (const line of lines.toReversed()) drawArea(pen, line, at, alpha)
  // Those that somebody marked stand out from hundreds.
  const strong = { ...look, isDense: false, alpha: 1 }
  let noisyCount = 0
  for (const line of lines.toReversed()) {
    if (drawLine(pen, line, at, isDense && line.isPinned ? strong : look)) noisyCount++
  }
  // In a stack a value has no place of its own.
  if (!isDense && lines.every(({ stack }) => stack === undefined)) drawPins(pen, pins, at, devicePixelRatio)
  if (marksClipped && !isDense) for (const line of lines) drawClipped(pen, line, at, devicePixelRatio)
  return noisyCount
}

/** Behind the lines of their groups, the paler the more there are. */
function memberLook(count: number, look: LineLook): LineLook {
  return { ...look, alpha: Math.max(0.1, Math.min(0.5, 40 / count)), isDense: true, isOnly: false }
}

function lookOf({ lines, breaksGaps, drawsEveryStroke }: PlotContent, devicePixelRatio: number): LineLook {
  const isDense = lines.length > densityFrom
  const alpha = isDense ? Math.max(0.12, Math.min(0.5, 120 / lines.length)) : 1
  return { devicePixelRatio, emphasis: 1, alpha, isDense, breaksGaps, isOnly: lines.length === 1, drawsEveryStroke }
}
