import type { BucketSeries } from '@lossline/protocol'
import { type ChartLine, elementCount, elementXs, gridEdge, isLogged, lowerBound, upperBound } from './chart-line.ts'
import { dottedDash, drawGroup } from './draw-group.ts'
import { isAfterGap } from './gaps.ts'
import { type NoiseOutline, noiseOutline } from './noise.ts'
import type { Projection } from './projection.ts'
import { createThinPath, type PathPen, thinTolerance } from './thin-path.ts'

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
  /** Nothing is drawn where a line was silent for long. */
  readonly breaksGaps: boolean
  /** There is no other line that it could cover. */
  readonly isOnly: boolean
  /** Whatever it covers. Default: not. */
  readonly drawsEveryStroke?: boolean | undefined
}

/** Original values behind a smoothed line. */
const behindAlpha = 0.25
/** A bucket wider than this is drawn as a band with a line through it; a narrower one is a stroke. */
const strokeWidthMax = 3
/** A raw series with at most this many points in view shows each as a dot. */
const dotCountMax = 40

/**
 * Draws one run: its smoothed line over its original, or one of them alone, then markers for what is not finite. An original that
 * shakes so much that it would cover other lines is drawn as pale as behind a smoothed line, with its centre and its spikes over it.
 * What it was forked with is dotted.
 *
 * @returns Whether it shakes so much, drawn so or, where somebody wants every stroke, in full.
 */
export function drawLine(pen: Pen, line: ChartLine, projection: Projection, look: LineLook): boolean {
  const { series, style } = line
  pen.strokeStyle = style.color
  pen.fillStyle = style.color
  pen.lineJoin = look.isDense ? 'bevel' : 'round'
  pen.lineWidth = look.isDense ? 1 : style.width * look.devicePixelRatio * look.emphasis
  if (series.kind === 'group') {
    drawGroup(pen, line, series, projection, look)
    return false
  }
  const [start, end] = elementsInView(line, projection)
  const isSmoothed = series.smoothed.length > 0
  const outline = noiseOf(line, projection, look)
  const noise = look.drawsEveryStroke ? undefined : outline
  const isBehind = isSmoothed || noise !== undefined
  pen.globalAlpha = look.alpha * (isBehind ? behindAlpha : 1)
  const pieces = piecesOf(line, start, end, look)
  const originals = line.isOnlySmoothed ? [] : isBehind ? [{ from: start, to: end, dash: [] }] : pieces
  for (const { from, to, dash } of originals) {
    setDash(pen, dash, look)
    if (series.kind === 'raw') drawPoints(pen, line, series.y, from, to, projection, look)
    else drawBuckets(pen, line, from, to, projection, look)
  }
  if (isSmoothed) {
    pen.globalAlpha = look.alpha
    for (const { from, to, dash } of pieces) {
      setDash(pen, dash, look)
      drawPoints(pen, line, series.smoothed, from, to, projection, look)
    }
  } else if (noise) {
    pen.globalAlpha = look.alpha
    drawNoise(pen, line, noise, projection, look)
  } else if (series.kind === 'raw') {
    drawDots(pen, line, start, end, projection, look)
  }
  setDash(pen, [], look)
  drawNonFinite(pen, line, projection, look)
  pen.globalAlpha = 1
  return outline !== undefined
}

/** What a line is drawn as that would cover the others; undefined for one that covers none. */
function noiseOf(line: ChartLine, projection: Projection, look: LineLook): NoiseOutline | undefined {
  const { series, stack } = line
  if (series.kind === 'group' || series.smoothed.length > 0) return undefined
  if (look.isOnly || look.isDense || look.breaksGaps || stack || isLogged(series)) return undefined
  const [start, end] = elementsInView(line, projection)
  return noiseOutline(line, start, end, projection, look.devicePixelRatio)
}

/** Elements that are drawn with one dash. */
interface Piece {
  readonly from: number
  readonly to: number
  readonly dash: readonly number[]
}

/** A line in one, or what it was forked with and then, from the last of these points on, what is its own. */
function piecesOf({ series, style, inheritedTo }: ChartLine, start: number, end: number, look: LineLook): Piece[] {
  const own =
    inheritedTo === undefined || look.isDense || isLogged(series)
      ? start
      : Math.min(end, upperBound(series, inheritedTo))
  if (own <= start) return [{ from: start, to: end, dash: style.dash }]
  const inherited = { from: start, to: own, dash: dottedDash }
  return own === end ? [inherited] : [inherited, { from: own - 1, to: end, dash: style.dash }]
}

/**
 * First and one past last element to draw: those in view and one neighbour on each side, whose lines reach in. Of a line in logging
 * order that may be any.
 */
function elementsInView({ series }: ChartLine, { x }: Projection): readonly [start: number, end: number] {
  if (isLogged(series)) return [0, elementCount(series)]
  const start = Math.max(0, lowerBound(series, x[0]) - 1)
  const end = Math.min(elementCount(series), lowerBound(series, x[1]) + 2)
  return [start, end]
}

function drawPoints(
  pen: Pen,
  { series, grid }: ChartLine,
  ys: Float64Array,
  start: number,
  end: number,
  at: Projection,
  look: LineLook,
): void {
  const xs = elementXs(series)
  const order = isLogged(series) ? series.order : undefined
  pen.beginPath()
  const path = createThinPath(pen)
  let isDown = false
  for (let place = start; place < end; place++) {
    const i = order ? (order[place] as number) : place
    const top = topOf(ys[i] as number, at)
    const left = at.toLeft(xs[i] as number)
    if (Number.isNaN(top) || !Number.isFinite(left)) continue
    if (isDown && look.breaksGaps && !order && isAfterGap(series, grid, i)) beginAfterGap(path, left, top, look)
    else if (isDown) path.lineTo(left, top)
    else path.moveTo(left, top)
    isDown = true
  }
  path.end()
  pen.stroke()
}

/** A short stroke, so that a point between two gaps is there. */
function beginAfterGap(pen: PathPen, left: number, top: number, { devicePixelRatio }: LineLook): void {
  pen.moveTo(left - devicePixelRatio, top)
  pen.lineTo(left, top)
}

function drawNoise(
  pen: Pen,
  { style, inheritedTo }: ChartLine,
  { center, spikes }: NoiseOutline,
  at: Projection,
  look: LineLook,
): void {
  setDash(pen, [], look)
  pen.beginPath()
  for (const { left, from, to } of spikes) {
    pen.moveTo(left, from)
    pen.lineTo(left, to)
  }
  if (spikes.length > 0) pen.stroke()
  const edge = inheritedTo === undefined ? Number.NEGATIVE_INFINITY : at.toLeft(inheritedTo)
  const own = center.findIndex(([left]) => left > edge)
  const split = own < 0 ? center.length : own
  for (const [points, dash] of [
    [center.slice(0, split), dottedDash],
    [center.slice(Math.max(0, split - 1)), style.dash],
  ] as const) {
    if (points.length < 2) continue
    setDash(pen, dash, look)
    pen.beginPath()
    for (const [left, top] of points) pen.lineTo(left, top)
    pen.stroke()
  }
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
    drawExtremes(pen, line, series, start, end, at, look)
    return
  }
  const widest = bucketWidth(line, start, end, at)
  if (widest > strokeWidthMax * look.devicePixelRatio) {
    drawBand(pen, line, start, end, at)
    drawPoints(pen, line, series.last, start, end, at, look)
    return
  }
  pen.beginPath()
  const path = createThinPath(pen)
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
    if (isDown && look.breaksGaps && isAfterGap(series, grid, i)) beginAfterGap(path, left, first, look)
    else if (isDown) path.lineTo(left, first)
    else path.moveTo(left, first)
    isDown = true
    if (series.count[i] === 1) continue
    const last = floorOf(series.last[i] as number, at)
    // One that begins and ends at its extremes is passed through on the way.
    if (!isBetween(first, last, bottom, top)) {
      path.lineTo(left, bottom)
      path.lineTo(left, top)
    }
    path.lineTo(lastLeft, last)
  }
  path.end()
  pen.stroke()
}

/** Whether a line from `first` to `last` reaches both ends of a stroke. */
function isBetween(first: number, last: number, bottom: number, top: number): boolean {
  const missing = Math.max(bottom - Math.max(first, last), Math.min(first, last) - top)
  return missing <= thinTolerance
}

/** Two corners a bucket, its least and its largest value, the one nearer to where the line comes from first. */
function drawExtremes(
  pen: Pen,
  { grid }: ChartLine,
  series: BucketSeries,
  start: number,
  end: number,
  at: Projection,
  look: LineLook,
): void {
  pen.beginPath()
  for (let i = start; i < end; i++) {
    const left = at.toLeft(series.lastX[i] as number)
    const bottom = floorOf(series.min[i] as number, at)
    const top = topOf(series.max[i] as number, at)
    if (Number.isNaN(top) || !Number.isFinite(left)) continue
    const first = floorOf(series.first[i] as number, at)
    const isFromTop = first - top < bottom - first
    // Without a moveTo the first lineTo begins the path.
    if (look.breaksGaps && isAfterGap(series, grid, i)) beginAfterGap(pen, left, isFromTop ? top : bottom, look)
    else pen.lineTo(left, isFromTop ? top : bottom)
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
  return Number.isFinite(value) && (at.yScale !== 'log' || value > 0) ? at.toTop(value) : Number.NaN
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
