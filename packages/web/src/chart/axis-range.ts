import type { Range } from '../view/address/url-state.ts'
import type { YScale } from '../view/chart/y-scale.ts'
import { type ChartLine, drawnMax, drawnMin, elementCount, elementX, elementXs, lowerBound } from './chart-line.ts'
import { fromSymlog, symlogUnit, toSymlog } from './symlog.ts'

/** Space left above and below the data, as a share of its range. */
const marginShare = 0.04

/** The x range of everything that the runs have, or undefined without data. A single x gets some room on both sides. */
export function fullXRange(lines: readonly ChartLine[], isLog: boolean, isTime = false): Range | undefined {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const { series } of lines) {
    const [start, end] = series.extent
    if (!Number.isFinite(start) || !Number.isFinite(end)) continue
    from = Math.min(from, isLog ? firstPositive(series, start) : start)
    to = Math.max(to, end)
  }
  if (from > to || (isLog && to <= 0)) return undefined
  if (from !== to) return [from, to]
  return isTime && !isLog ? aroundMoment(from) : widen(from, isLog)
}

/** The y range of what lies in `x`, with a margin. Undefined without (on log axes: positive) data. */
export function visibleYRange(lines: readonly ChartLine[], x: Range, scale: YScale): Range | undefined {
  const isLog = scale === 'log'
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const line of lines) {
    const { series } = line
    const end = Math.min(lowerBound(series, x[1]) + 1, elementCount(series))
    // One element before the edge: its line reaches into the view.
    for (let i = Math.max(0, lowerBound(series, x[0]) - 1); i < end; i++) {
      const min = drawnMin(line, i)
      const max = drawnMax(line, i)
      if (min < low && (!isLog || min > 0)) low = min
      else if (isLog && max > 0 && max < low) low = max
      if (max > high) high = max
    }
  }
  if (low > high) return undefined
  return withMargin([low, high], marginShare, scale)
}

/** A range with some room at both ends, as a share of the axis. */
export function withMargin([low, high]: Range, share: number, scale: YScale): Range {
  if (low === high) return widen(low, scale === 'log')
  if (scale === 'log') {
    const factor = (high / low) ** share
    return [low / factor, high * factor]
  }
  if (scale === 'linear') return [low - (high - low) * share, high + (high - low) * share]
  const unit = symlogUnit([low, high])
  const [from, to] = [toSymlog(low, unit), toSymlog(high, unit)]
  return [fromSymlog(from - (to - from) * share, unit), fromSymlog(to + (to - from) * share, unit)]
}

/** How many drawn elements in `x` a log y axis cannot show because their value is ≤ 0. A bucket counts once. */
export function countNonPositive(lines: readonly ChartLine[], x: Range): number {
  let count = 0
  for (const line of lines) {
    const { series } = line
    for (let i = lowerBound(series, x[0]); i < elementCount(series) && elementX(series, i) <= x[1]; i++) {
      if (drawnMin(line, i) <= 0) count++
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

/** Of one series. The server makes up to 4,096. */
const bucketCountMax = { panel: 2048, fullScreen: 4096 } as const

/**
 * Number of buckets for a plot: one per device pixel, rounded up to 64s, at most 2,048 (4,096 for a chart that has the whole screen),
 * and at most 200,000 for the whole panel.
 */
export function bucketCount(widthDevicePixels: number, runCount: number, isFullScreen: boolean): number {
  const most = isFullScreen ? bucketCountMax.fullScreen : bucketCountMax.panel
  const wanted = Math.min(most, Math.ceil(Math.max(1, widthDevicePixels) / 64) * 64)
  const affordable = Math.max(64, Math.floor(200_000 / Math.max(1, runCount) / 64) * 64)
  return Math.min(wanted, affordable)
}

/** Seconds around a single moment. */
const momentSeconds = 60

/** The minute around a moment: a share of the seconds since 1970 would be years. */
function aroundMoment(seconds: number): Range {
  return [seconds - momentSeconds / 2, seconds + momentSeconds / 2]
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
