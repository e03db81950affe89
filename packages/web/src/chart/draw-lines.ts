import type { BucketSeries } from '@lossline/protocol'
import { type ChartLine, elementCount, gridEdge, lowerBound } from './chart-line.ts'
import { drawGroup } from './draw-group.ts'
import { type NoiseOutline, noiseOutline } from './noise.ts'
import type { Projection } from './projection.ts'

/** What drawing needs of a canvas context. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'closePath'
  | 'stroke'
  | 'fill'
  | 'fillRect'
  | 'setLineDash'
  | 'arc'
  | 'strokeStyle'
  | 'fillStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'globalAlpha'
>

/** How lines are drawn. Lengths in device pixels. */
export interface LineLook {
  readonly devicePixelRatio: number
  /** Factor on the line's own width. */
  readonly emphasis: number
  /** Strength of the whole line, 0…1: below 1 when hundreds overlap. */
  readonly alpha: number
  /** Hundreds of lines: hairlines without dashes, which nobody could tell apart and which cost most of the time. */
  readonly isDense: boolean
}

/** Original values behind a smoothed line. */
const behindAlpha = 0.25
/** A bucket wider than this is drawn as a band with a line through it; a narrower one is a stroke. */
const strokeWidthMax = 3
/** A raw series with at most this many points in view shows each as a dot. */
const dotCountMax = 40

/**
 * Draws one run: its smoothed line over its original, or the original alone, then markers for what is not finite. An original that
 * shakes so much that it would cover the other runs is drawn as pale as behind a smoothed line, with its centre and its spikes over it.
 */
export function drawLine(pen: Pen, line: ChartLine, projection: Projection, look: LineLook): void {
  const { series, style } = line
  pen.strokeStyle = style.color
  pen.fillStyle = style.color
  pen.lineJoin = look.isDense ? 'bevel' : 'round'
  pen.lineWidth = look.isDense ? 1 : style.width * look.devicePixelRatio * look.emphasis
  const [start, end] = elementsInView(line, projection)
  if (series.kind === 'group') {
    drawGroup(pen, line, series, projection, look)
    return
  }
  const isSmoothed = series.smoothed.length > 0
  const noise =
    isSmoothed || look.isDense ? undefined : noiseOutline(line, start, end, projection, look.devicePixelRatio)
  const isBehind = isSmoothed || noise !== undefined
  pen.globalAlpha = look.alpha * (isBehind ? behindAlpha : 1)
  setDash(pen, isBehind ? [] : style.dash, look)
  if (series.kind === 'raw') drawPoints(pen, series.x, series.y, start, end, projection)
  else drawBuckets(pen, line, start, end, projection, look)
  if (isSmoothed) {
    pen.globalAlpha = look.alpha
    setDash(pen, style.dash, look)
    drawPoints(pen, series.kind === 'raw' ? series.x : series.lastX, series.smoothed, start, end, projection)
  } else if (noise) {
    pen.globalAlpha = look.alpha
    drawNoise(pen, line, noise, look)
  } else if (series.kind === 'raw') {
    drawDots(pen, line, start, end, projection, look)
  }
  setDash(pen, [], look)
  drawNonFinite(pen, line, projection, look)
  pen.globalAlpha = 1
}

/** First and one past last element to draw: those in view and one neighbour on each side, whose lines reach in. */
function elementsInView({ series }: ChartLine, { x }: Projection): readonly [start: number, end: number] {
  const start = Math.max(0, lowerBound(series, x[0]) - 1)
  const end = Math.min(elementCount(series), lowerBound(series, x[1]) + 2)
  return [start, end]
}

function drawPoints(pen: Pen, xs: Float64Array, ys: Float64Array, start: number, end: number, at: Projection): void {
  pen.beginPath()
  let isDown = false
  for (let i = start; i < end; i++) {
    const top = topOf(ys[i] as number, at)
    const left = at.toLeft(xs[i] as number)
    if (Number.isNaN(top) || !Number.isFinite(left)) continue
    if (isDown) pen.lineTo(left, top)
    else pen.moveTo(left, top)
    isDown = true
  }
  pen.stroke()
}

function drawNoise(pen: Pen, { style }: ChartLine, { center, spikes }: NoiseOutline, look: LineLook): void {
  setDash(pen, [], look)
  pen.beginPath()
  for (const { left, from, to } of spikes) {
    pen.moveTo(left, from)
    pen.lineTo(left, to)
  }
  if (spikes.length > 0) pen.stroke()
  setDash(pen, style.dash, look)
  pen.beginPath()
  for (const [left, top] of center) pen.lineTo(left, top)
  pen.stroke()
}

/** Dots where there are few points, and always for a single one, which has no line to be seen by. */
function drawDots(pen: Pen, { series }: ChartLine, start: number, end: number, at: Projection, look: LineLook): void {
  if (series.kind !== 'raw' || end - start > dotCountMax) return
  pen.beginPath()
  for (let i = start; i < end; i++) {
    const left = at.toLeft(series.x[i] as number)
    const top = topOf(series.y[i] as number, at)
    if (Number.isNaN(top) || !Number.isFinite(left)) continue
    const radius = (end - start === 1 ? 3 : 2) * look.devicePixelRatio
    pen.moveTo(left + radius, top)
    pen.arc(left, top, radius, 0, 2 * Math.PI)
  }
  pen.fill()
}

/**
 * Buckets about a pixel wide: in from the last value before, a stroke from min to max, out from the last value. That is what the
 * line through every point looks like at this width. Wider ones (stretched by a zoom until finer ones come): a band.
 */
function drawBuckets(pen: Pen, line: ChartLine, start: number, end: number, at: Projection, look: LineLook): void {
  const { series, grid } = line
  if (series.kind !== 'buckets' || end <= start) return
  if (look.isDense) {
    drawExtremes(pen, series, start, end, at)
    return
  }
  const widest = bucketWidth(line, start, end, at)
  if (widest > strokeWidthMax * look.devicePixelRatio) {
    drawBand(pen, line, start, end, at)
    drawPoints(pen, series.lastX, series.last, start, end, at)
    return
  }
  pen.beginPath()
  let isDown = false
  for (let i = start; i < end; i++) {
    const lastLeft = at.toLeft(series.lastX[i] as number)
    const bottom = floorOf(series.min[i] as number, at)
    const top = topOf(series.max[i] as number, at)
    if (Number.isNaN(top) || !Number.isFinite(lastLeft)) continue
    const index = series.index[i] as number
    const middle = at.toLeft((gridEdge(grid, index) + gridEdge(grid, index + 1)) / 2)
    const left = series.count[i] === 1 ? lastLeft : Math.min(middle, lastLeft)
    const first = floorOf(series.first[i] as number, at)
    if (isDown) pen.lineTo(left, first)
    else pen.moveTo(left, first)
    isDown = true
    if (series.count[i] === 1) continue
    pen.lineTo(left, bottom)
    pen.lineTo(left, top)
    pen.lineTo(lastLeft, floorOf(series.last[i] as number, at))
  }
  pen.stroke()
}

/** Two corners a bucket, its least and its largest value, the one nearer to where the line comes from first. */
function drawExtremes(pen: Pen, series: BucketSeries, start: number, end: number, at: Projection): void {
  pen.beginPath()
  for (let i = start; i < end; i++) {
    const left = at.toLeft(series.lastX[i] as number)
    const bottom = floorOf(series.min[i] as number, at)
    const top = topOf(series.max[i] as number, at)
    if (Number.isNaN(top) || !Number.isFinite(left)) continue
    const first = floorOf(series.first[i] as number, at)
    const isFromTop = first - top < bottom - first
    // Without a moveTo the first lineTo begins the path.
    pen.lineTo(left, isFromTop ? top : bottom)
    if (bottom !== top) pen.lineTo(left, isFromTop ? bottom : top)
  }
  pen.stroke()
}

function drawBand(pen: Pen, { series, grid }: ChartLine, start: number, end: number, at: Projection): void {
  if (series.kind !== 'buckets') return
  const alpha = pen.globalAlpha
  pen.globalAlpha = alpha * behindAlpha
  for (let i = start; i < end; i++) {
    const top = topOf(series.max[i] as number, at)
    const bottom = floorOf(series.min[i] as number, at)
    if (Number.isNaN(top) || series.count[i] === 1) continue
    const index = series.index[i] as number
    const left = at.toLeft(gridEdge(grid, index))
    pen.fillRect(left, top, at.toLeft(gridEdge(grid, index + 1)) - left, Math.max(1, bottom - top))
  }
  pen.globalAlpha = alpha
}

/** NaN: a cross at the bottom edge; infinities: triangles at the edge they are beyond. */
function drawNonFinite(pen: Pen, { series }: ChartLine, at: Projection, look: LineLook): void {
  const size = 3 * look.devicePixelRatio
  const { x, value } = series.nonFinite
  const floor = at.box.top + at.box.height - size - 1
  const ceiling = at.box.top + size + 1
  pen.lineWidth = look.devicePixelRatio
  for (let i = 0; i < x.length; i++) {
    const left = at.toLeft(x[i] as number)
    if (!(left >= at.box.left && left <= at.box.left + at.box.width)) continue
    pen.beginPath()
    if (Number.isNaN(value[i])) drawCross(pen, left, floor, size)
    else
      drawTriangle(
        pen,
        left,
        value[i] === Number.POSITIVE_INFINITY ? ceiling : floor,
        value[i] === Number.POSITIVE_INFINITY ? -size : size,
      )
  }
}

function drawCross(pen: Pen, left: number, top: number, size: number): void {
  pen.moveTo(left - size, top - size)
  pen.lineTo(left + size, top + size)
  pen.moveTo(left - size, top + size)
  pen.lineTo(left + size, top - size)
  pen.stroke()
}

function drawTriangle(pen: Pen, left: number, top: number, size: number): void {
  pen.moveTo(left - size, top - size)
  pen.lineTo(left + size, top - size)
  pen.lineTo(left, top + size)
  pen.closePath()
  pen.fill()
}

/** Top of a value; NaN for what has no place: NaN, infinities, and what is ≤ 0 on a log axis. */
function topOf(value: number, at: Projection): number {
  return Number.isFinite(value) && (!at.isLogY || value > 0) ? at.toTop(value) : Number.NaN
}

/** The same for a bucket that reaches below what a log axis can show: down to the axis. */
function floorOf(value: number, at: Projection): number {
  const top = topOf(value, at)
  return Number.isNaN(top) ? at.box.top + at.box.height : top
}

function bucketWidth({ grid, series }: ChartLine, start: number, end: number, at: Projection): number {
  if (series.kind !== 'buckets') return 0
  const middle = series.index[(start + end) >> 1] ?? series.index[start] ?? 0
  return at.toLeft(gridEdge(grid, middle + 1)) - at.toLeft(gridEdge(grid, middle))
}

function setDash(pen: Pen, dash: readonly number[], { devicePixelRatio, isDense }: LineLook): void {
  pen.setLineDash(isDense ? [] : dash.map((length) => length * devicePixelRatio))
}
