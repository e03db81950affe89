import type { Range } from '../view/address/url-state.ts'
import type { YScale } from '../view/chart/y-scale.ts'
import { withMargin } from './axis-range.ts'
import {
  type ChartLine,
  drawnMax,
  drawnMin,
  elementCount,
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
 * a bucket as often as it has points, by its last value. Undefined without (on log axes: positive) data.
 */
export function centralYRange(lines: readonly ChartLine[], x: Range, scale: YScale): Range | undefined {
  const weighted: (readonly [value: number, weight: number])[] = []
  for (const { series, isOnlySmoothed } of lines) {
    const ys = (isOnlySmoothed ? smoothedYs(series) : undefined) ?? elementYs(series)
    for (let i = lowerBound(series, x[0]); i < elementCount(series) && elementX(series, i) <= x[1]; i++) {
      const value = ys[i] as number
      const weight = series.kind === 'buckets' ? (series.count[i] as number) : 1
      if (Number.isFinite(value) && (scale !== 'log' || value > 0)) weighted.push([value, weight])
    }
  }
  if (weighted.length === 0) return undefined
  weighted.sort((a, b) => a[0] - b[0])
  const total = weighted.reduce((sum, [, weight]) => sum + weight, 0)
  const [low, high] = quantiles.map((share) => valueAt(weighted, share * total)) as [number, number]
  return withMargin([low, high], marginShare, scale)
}

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

function valueAt(sorted: readonly (readonly [value: number, weight: number])[], rank: number): number {
  let seen = 0
  for (const [value, weight] of sorted) {
    seen += weight
    if (seen >= rank) return value
  }
  return sorted.at(-1)?.[0] ?? Number.NaN
}
