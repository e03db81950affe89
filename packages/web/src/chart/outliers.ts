import type { Range } from '../view/url-state.ts'
import { widen } from './axis-range.ts'
import { type ChartLine, elementCount, elementMax, elementMin, elementX, elementYs, lowerBound } from './chart-line.ts'

/** Values below and above these quantiles are outliers. */
const quantiles = [0.025, 0.975] as const
/** Space below and above the others, as a share of their range. */
const marginShare = 0.08

/**
 * The y range of what lies in `x` without the least and the largest 2.5 % of the points, with a margin. Every point counts once:
 * a bucket as often as it has points, by its last value. Undefined without (on log axes: positive) data.
 */
export function centralYRange(lines: readonly ChartLine[], x: Range, isLog: boolean): Range | undefined {
  const weighted: (readonly [value: number, weight: number])[] = []
  for (const { series } of lines) {
    const ys = elementYs(series)
    for (let i = lowerBound(series, x[0]); i < elementCount(series) && elementX(series, i) <= x[1]; i++) {
      const value = ys[i] as number
      const weight = series.kind === 'buckets' ? (series.count[i] as number) : 1
      if (Number.isFinite(value) && (!isLog || value > 0)) weighted.push([value, weight])
    }
  }
  if (weighted.length === 0) return undefined
  weighted.sort((a, b) => a[0] - b[0])
  const total = weighted.reduce((sum, [, weight]) => sum + weight, 0)
  const [low, high] = quantiles.map((share) => valueAt(weighted, share * total)) as [number, number]
  if (low === high) return widen(low, isLog)
  if (!isLog) return [low - (high - low) * marginShare, high + (high - low) * marginShare]
  const factor = (high / low) ** marginShare
  return [low / factor, high * factor]
}

/** How many drawn elements in `x` reach beyond the ends of the y axis. */
export function countOutside(lines: readonly ChartLine[], x: Range, [low, high]: Range, isLog: boolean): number {
  let count = 0
  for (const { series } of lines) {
    for (let i = lowerBound(series, x[0]); i < elementCount(series) && elementX(series, i) <= x[1]; i++) {
      const min = elementMin(series, i)
      // What a log axis cannot show at all is counted elsewhere.
      if (elementMax(series, i) > high || (min < low && (!isLog || min > 0))) count += 1
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
