import type { Range } from '../view/address/url-state.ts'
import type { YScale } from '../view/chart/y-scale.ts'
import { withMargin } from './axis-range.ts'
import {
  type ChartLine,
  drawnMax,
  drawnMin,
  elementCount,
  elementMax,
  elementMin,
  elementX,
  elementYs,
  lowerBound,
  smoothedYs,
} from './chart-line.ts'

/** Values below and above these quantiles are outliers. */
const quantiles = [0.025, 0.975] as const
/** Space below and above the others, as a share of their range. */
const marginShare = 0.08

/**
 * The y range of what lies in `x` without the least and the largest 2.5 % of the points, with a margin. Every point counts once:
 * a bucket as often as it has points, by its last value. Of a group the lower ends of its band count below, and the upper ends
 * above. Undefined without (on log axes: positive) data.
 */
export function centralYRange(lines: readonly ChartLine[], x: Range, scale: YScale): Range | undefined {
  const lows: Weighted[] = []
  const highs: Weighted[] = []
  for (const { series, isOnlySmoothed } of lines) {
    const isGroup = series.kind === 'group'
    const ys = (isOnlySmoothed ? smoothedYs(series) : undefined) ?? elementYs(series)
    for (let i = lowerBound(series, x[0]); i < elementCount(series) && elementX(series, i) <= x[1]; i++) {
      const value = ys[i] as number
      const weight = series.kind === 'buckets' ? (series.count[i] as number) : 1
      const isShown = (end: number): boolean => Number.isFinite(end) && (scale !== 'log' || end > 0)
      if (!isShown(value)) continue
      const [low, high] = isGroup ? [elementMin(series, i), elementMax(series, i)] : [value, value]
      lows.push([isShown(low) ? low : value, weight])
      highs.push([high, weight])
    }
  }
  if (lows.length === 0) return undefined
  return withMargin([quantile(lows, quantiles[0]), quantile(highs, quantiles[1])], marginShare, scale)
}

type Weighted = readonly [value: number, weight: number]

/** How many drawn elements in `x` reach beyond the ends of the y axis. */
export function countOutside(lines: readonly ChartLine[], x: Range, [low, high]: Range, scale: YScale): number {
  let count = 0
  for (const line of lines) {
    const { series } = line
    for (let i = lowerBound(series, x[0]); i < elementCount(series) && elementX(series, i) <= x[1]; i++) {
      const min = drawnMin(line, i)
      // What a log axis cannot show at all is counted elsewhere.
      if (drawnMax(line, i) > high || (min < low && (scale !== 'log' || min > 0))) count += 1
    }
  }
  return count
}

function quantile(all: readonly Weighted[], share: number): number {
  const sorted = all.toSorted((a, b) => a[0] - b[0])
  const rank = share * all.reduce((sum, [, weight]) => sum + weight, 0)
  let seen = 0
  for (const [value, weight] of sorted) {
    seen += weight
    if (seen >= rank) return value
  }
  return sorted.at(-1)?.[0] ?? Number.NaN
}
