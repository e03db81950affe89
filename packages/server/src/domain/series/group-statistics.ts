import type { Grouping, GroupStatistic } from '@lossline/protocol'
import { assertNever } from '../../errors.ts'

/** Least and largest of all points, where the other figures are of one value a run. */
interface Ends {
  readonly min: number
  readonly max: number
}

const noSpread: readonly [low: number, high: number] = [Number.NaN, Number.NaN]

/** The centre of at least one value. */
export function centreOf(values: Float64Array, ends: Ends, statistic: GroupStatistic): number {
  switch (statistic) {
    case 'mean':
      return mean(values)
    case 'median':
      return median(values)
    case 'min':
      return ends.min
    case 'max':
      return ends.max
    case 'sum':
      return sum(values)
    default:
      return assertNever(statistic)
  }
}

/** Both ends of the band around at least one value; NaN where there is none. */
export function spreadOf(
  values: Float64Array,
  ends: Ends,
  { statistic, band }: Grouping,
): readonly [low: number, high: number] {
  if (band === 'none') return noSpread
  if (statistic === 'sum' || values.length < 2) return noSpread
  if (band === 'min-max') return [ends.min, ends.max]
  if (band === 'quartiles') {
    const sorted = values.toSorted()
    return [quantile(sorted, 0.25), quantile(sorted, 0.75)]
  }
  const middle = mean(values)
  const half = halfWidth(values, middle, band)
  return [middle - half, middle + half]
}

function halfWidth(values: Float64Array, middle: number, band: 'sd' | 'standard-error' | 'confidence-95'): number {
  let squares = 0
  for (const value of values) squares += (value - middle) ** 2
  const sd = Math.sqrt(squares / (values.length - 1))
  switch (band) {
    case 'sd':
      return sd
    case 'standard-error':
      return sd / Math.sqrt(values.length)
    case 'confidence-95':
      return (studentT975(values.length - 1) * sd) / Math.sqrt(values.length)
    default:
      return assertNever(band)
  }
}

// Quantile 0.975 of Student's t by degrees of freedom, from 1 on.
const t975 = [12.70620474, 4.30265273, 3.182446305, 2.776445105, 2.570581836, 2.446911851, 2.364624252, 2.306004135]

/** Where 2.5 % of Student's t lie above: 12.7 for two runs, 1.96 for very many. */
export function studentT975(degrees: number): number {
  const known = t975[degrees - 1]
  if (known !== undefined) return known
  // Cornish-Fisher expansion around the normal quantile: to four digits from 9 degrees on.
  const z = 1.959963985
  return (
    z +
    (z ** 3 + z) / (4 * degrees) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3)
  )
}

function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}

function mean(values: Float64Array): number {
  return sum(values) / values.length
}

/** Of sorted values, linear between two of them. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const low = sorted[Math.floor(place)]!
  return low + (sorted[Math.ceil(place)]! - low) * (place % 1)
}

function median(values: Float64Array): number {
  const sorted = values.toSorted()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
