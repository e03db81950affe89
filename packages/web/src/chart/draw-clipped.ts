import { type ChartLine, drawnMax, drawnMin, elementCount, elementX, lowerBound } from './chart-line.ts'
import type { Pen } from './draw-lines.ts'
import type { Projection } from './projection.ts'

/** Half the width of a mark, and the least distance between two of a line, in CSS pixels. */
const markSize = 3
const markDistance = 9

/** Marks where a line goes beyond the upper (▲) or lower (▼) edge: what an axis leaves out must not look like nothing. */
export function drawClipped(pen: Pen, line: ChartLine, at: Projection, devicePixelRatio: number): void {
  const { series, style } = line
  const size = markSize * devicePixelRatio
  const { top, height } = at.box
  pen.fillStyle = style.color
  let [lastAbove, lastBelow] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  pen.beginPath()
  for (let i = lowerBound(series, at.x[0]); i < elementCount(series) && elementX(series, i) <= at.x[1]; i++) {
    const left = at.toLeft(elementX(series, i))
    const min = drawnMin(line, i)
    if (drawnMax(line, i) > at.y[1] && left - lastAbove >= markDistance * devicePixelRatio) {
      triangle(pen, left, top + 2 * size, -size)
      lastAbove = left
    }
    if (min < at.y[0] && (at.yScale !== 'log' || min > 0) && left - lastBelow >= markDistance * devicePixelRatio) {
      triangle(pen, left, top + height - 2 * size, size)
      lastBelow = left
    }
  }
  pen.fill()
}

function triangle(pen: Pen, left: number, base: number, height: number): void {
  const half = Math.abs(height)
  pen.moveTo(left - half, base)
  pen.lineTo(left + half, base)
  pen.lineTo(left, base + 1.6 * height)
  pen.closePath()
}
