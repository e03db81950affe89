import type { GroupSeries } from '@lossline/protocol'
import { type ChartLine, elementCount, lowerBound } from './chart-line.ts'
import type { LineLook, Pen } from './draw-lines.ts'
import { isAfterGap } from './gaps.ts'
import type { Projection } from './projection.ts'

/** How strong a band is behind its line. */
const bandAlpha = 0.16
/** Strokes and gaps of what is only partly a line's own: a centre that some runs no longer count for, points of a run's origin. CSS pixels. */
export const dottedDash = [1.5, 3] as const

/** Draws a group: its band, and its centre, dotted where not all of its runs count. */
export function drawGroup(pen: Pen, line: ChartLine, series: GroupSeries, at: Projection, look: LineLook): void {
  const start = Math.max(0, lowerBound(series, at.x[0]) - 1)
  const end = Math.min(elementCount(series), lowerBound(series, at.x[1]) + 2)
  pen.globalAlpha = look.alpha * bandAlpha
  const isBroken = (i: number): boolean => look.breaksGaps && isAfterGap(series, line.grid, i)
  drawBand(pen, series, start, end, at, isBroken)
  pen.globalAlpha = look.alpha
  const scaled = (dash: readonly number[]): number[] => dash.map((length) => length * look.devicePixelRatio)
  pen.setLineDash(scaled(line.style.dash))
  drawCentre(pen, series, start, end, at, (i) => series.runCount[i] === series.size, isBroken)
  pen.setLineDash(scaled(dottedDash))
  drawCentre(pen, series, start, end, at, (i) => series.runCount[i] !== series.size, isBroken)
  pen.setLineDash([])
  pen.globalAlpha = 1
}

/** Stretches of elements with a band, each filled as one shape. */
function drawBand(
  pen: Pen,
  series: GroupSeries,
  start: number,
  end: number,
  at: Projection,
  isBroken: (i: number) => boolean,
): void {
  let first = start
  const fill = (last: number): void => {
    if (last <= first) return
    pen.beginPath()
    for (let i = first; i < last; i++) pen.lineTo(at.toLeft(series.x[i]!), edge(series.high[i]!, at))
    for (let i = last - 1; i >= first; i--) pen.lineTo(at.toLeft(series.x[i]!), edge(series.low[i]!, at))
    pen.closePath()
    pen.fill()
  }
  for (let i = start; i <= end; i++) {
    const isThere = i < end && Number.isFinite(series.low[i]!)
    if (isThere && !isBroken(i)) continue
    fill(i)
    first = isThere ? i : i + 1
  }
}

/** The pieces of the centre that end in an element of one kind. */
function drawCentre(
  pen: Pen,
  series: GroupSeries,
  start: number,
  end: number,
  at: Projection,
  isMeant: (i: number) => boolean,
  isBroken: (i: number) => boolean,
): void {
  pen.beginPath()
  let isDown = false
  for (let i = start; i < end; i++) {
    const top = at.toTop(series.centre[i]!)
    const left = at.toLeft(series.x[i]!)
    if (!Number.isFinite(top) || !Number.isFinite(left)) {
      isDown = false
      continue
    }
    if (isBroken(i)) isDown = false
    if (isMeant(i)) {
      const before = i - 1
      // From the element before, which may be of the other kind: there must be no hole where they meet.
      if (!isDown && before >= start && !isBroken(i))
        pen.moveTo(at.toLeft(series.x[before]!), at.toTop(series.centre[before]!))
      else if (!isDown) pen.moveTo(left, top)
      pen.lineTo(left, top)
    }
    isDown = isMeant(i)
  }
  pen.stroke()
}

/** A band that reaches below what a log axis can show ends at the axis. */
function edge(value: number, at: Projection): number {
  return at.yScale === 'log' && value <= 0 ? at.box.top + at.box.height : at.toTop(value)
}
