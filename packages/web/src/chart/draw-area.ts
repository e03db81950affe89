import { type ChartLine, elementCount, elementX, elementYs, lowerBound, smoothedYs } from './chart-line.ts'
import type { Pen } from './draw-lines.ts'
import type { Projection } from './projection.ts'

/** How strong an area is behind its line: one of a stack has nothing behind it that has to be seen. */
const areaAlpha = { area: 0.14, stacked: 0.45 } as const

/** Fills what is between a line and its base: that of its stack, else 0, or the floor of an axis that has no 0. */
export function drawArea(pen: Pen, line: ChartLine, at: Projection, alpha: number): void {
  const { series, stack, style } = line
  const start = Math.max(0, lowerBound(series, at.x[0]) - 1)
  const end = Math.min(elementCount(series), lowerBound(series, at.x[1]) + 2)
  const ys = smoothedYs(series) ?? elementYs(series)
  const floor = at.box.top + at.box.height
  const topOf = (value: number): number => (at.yScale === 'log' && value <= 0 ? floor : at.toTop(value))
  const places: number[] = []
  for (let i = start; i < end; i++) if (Number.isFinite(ys[i]) && Number.isFinite(elementX(series, i))) places.push(i)
  if (places.length < 2) return
  pen.fillStyle = style.color
  pen.globalAlpha = alpha * (stack ? areaAlpha.stacked : areaAlpha.area)
  pen.beginPath()
  for (const [n, i] of places.entries()) {
    if (n === 0) pen.moveTo(at.toLeft(elementX(series, i)), topOf(ys[i] as number))
    else pen.lineTo(at.toLeft(elementX(series, i)), topOf(ys[i] as number))
  }
  for (const i of places.toReversed()) pen.lineTo(at.toLeft(elementX(series, i)), topOf(stack?.base[i] ?? 0))
  pen.closePath()
  pen.fill()
  pen.globalAlpha = 1
}
