import type { Range } from '../view/url-state.ts'
import { type ChartLine, elementCount, elementMax, elementMin, elementX, elementXs, lowerBound } from './chart-line.ts'

/** Space left above and below the data, as a share of its range. */
const marginShare = 0.04

/** The x range of everything that the runs have, or undefined without data. A single x gets some room on both sides. */
export function fullXRange(lines: readonly ChartLine[], isLog: boolean): Range | undefined {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const { series } of lines) {
    const [start, end] = series.extent
    if (!Number.isFinite(start) || !Number.isFinite(end)) continue
    from = Math.min(from, isLog ? firstPositive(series, start) : start)
    to = Math.max(to, end)
  }
  if (from > to || (isLog && to <= 0)) return undefined
  return from === to ? widen(from, isLog) : [from, to]
}

/** The y range of what lies in `x`, with a margin. Undefined without (on log axes: positive) data. */
export function visibleYRange(lines: readonly ChartLine[], x: Range, isLog: boolean): Range | undefined {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const { series } of lines) {
    const end = Math.min(lowerBound(series, x[1]) + 1, elementCount(series))
    // One element before the edge: its line reaches into the view.
    for (let i = Math.max(0, lowerBound(series, x[0]) - 1); i < end; i++) {
      const min = elementMin(series, i)
      const max = elementMax(series, i)
      if (min < low && (!isLog || min > 0)) low = min
      else if (isLog && max > 0 && max < low) low = max
      if (max > high) high = max
    }
  }
  if (low > high || !Number.isFinite(low) || !Number.isFinite(high)) return undefined
  if (low === high) return widen(low, isLog)
  if (!isLog) return [low - (high - low) * marginShare, high + (high - low) * marginShare]
  const factor = (high / low) ** marginShare
  return [low / factor, high * factor]
}

/** How many drawn elements in `x` a log y axis cannot show because their value is ≤ 0. A bucket counts once. */
export function countNonPositive(lines: readonly ChartLine[], x: Range): number {
  let count = 0
  for (const { series } of lines) {
    for (let i = lowerBound(series, x[0]); i < elementCount(series) && elementX(series, i) <= x[1]; i++) {
      if (elementMin(series, i) <= 0) count++
    }
  }
  return count
}

/** The range to ask the server for: what is seen plus a quarter on each side, so that small pans need no request. */
export function requestRange(view: Range, isLog: boolean): Range {
  if (isLog && view[0] > 0) {
    const factor = (view[1] / view[0]) ** 0.25
    return [view[0] / factor, view[1] * factor]
  }
  const margin = (view[1] - view[0]) * 0.25
  return [view[0] - margin, view[1] + margin]
}

/** The request range for a view: the previous one while it covers the view and is at most twice as fine as needed. */
export function nextRequestRange(previous: Range | undefined, view: Range, isLog: boolean): Range {
  if (!previous) return requestRange(view, isLog)
  const covers = previous[0] <= view[0] && previous[1] >= view[1]
  const isFineEnough = previous[1] - previous[0] <= 2 * (view[1] - view[0])
  return covers && isFineEnough ? previous : requestRange(view, isLog)
}

/** Shrinks (`factor` < 1) or widens a range around a point of it. */
export function zoomAround([from, to]: Range, center: number, factor: number, isLog: boolean): Range {
  if (!isLog || from <= 0) return [center - (center - from) * factor, center + (to - center) * factor]
  return [center * (from / center) ** factor, center * (to / center) ** factor]
}

/** Number of buckets for a plot: one per device pixel, rounded up to 64s, and at most 200,000 for the whole panel. */
export function bucketCount(widthDevicePixels: number, runCount: number): number {
  const wanted = Math.min(2048, Math.ceil(Math.max(1, widthDevicePixels) / 64) * 64)
  const affordable = Math.max(64, Math.floor(200_000 / Math.max(1, runCount) / 64) * 64)
  return Math.min(wanted, affordable)
}

/** A range around a single value. */
export function widen(value: number, isLog: boolean): Range {
  if (isLog) return [value / 2, value * 2]
  const margin = value === 0 ? 1 : Math.abs(value) * 0.1
  return [value - margin, value + margin]
}

function firstPositive(series: ChartLine['series'], start: number): number {
  if (start > 0) return start
  return elementXs(series).find((x) => x > 0) ?? Number.POSITIVE_INFINITY
}
