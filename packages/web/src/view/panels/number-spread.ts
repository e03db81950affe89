import type { GroupBand, GroupStatistic } from '@lossline/protocol'

/** One number for several, and what lies around it. */
export interface NumberSpread {
  readonly value: number
  /** Undefined: there is no band, or only one number. */
  readonly low: number | undefined
  readonly high: number | undefined
  readonly count: number
}

/** Two-sided 95 % of the normal distribution. */
const z95 = 1.959964

/** The centre and band of numbers, by the same rules as lines of groups: sd uses n − 1, and one number has no band. */
export function spreadOf(numbers: readonly number[], statistic: GroupStatistic, band: GroupBand): NumberSpread {
  const sorted = numbers.toSorted((a, b) => a - b)
  const count = sorted.length
  const mean = sorted.reduce((sum, one) => sum + one, 0) / count
  const value = centre(sorted, mean, statistic)
  if (count < 2 || band === 'none') return { value, low: undefined, high: undefined, count }
  if (band === 'min-max') return { value, low: sorted[0]!, high: sorted.at(-1)!, count }
  if (band === 'quartiles') return { value, low: quantile(sorted, 0.25), high: quantile(sorted, 0.75), count }
  const sd = Math.sqrt(sorted.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (count - 1))
  const error = sd / Math.sqrt(count)
  const half = band === 'sd' ? sd : band === 'standard-error' ? error : z95 * error
  return { value, low: value - half, high: value + half, count }
}

function centre(sorted: readonly number[], mean: number, statistic: GroupStatistic): number {
  switch (statistic) {
    case 'mean':
      return mean
    case 'median':
      return quantile(sorted, 0.5)
    case 'min':
      return sorted[0]!
    case 'max':
      return sorted.at(-1)!
    case 'sum':
      return mean * sorted.length
  }
}

/** Of ascending numbers, between neighbours in proportion. */
export function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
  return below + (above - below) * (place - Math.floor(place))
}

/** Five numbers of a box plot; whiskers reach to the furthest value within 1.5 box lengths (Tukey). */
export interface BoxFigures {
  readonly low: number
  readonly firstQuartile: number
  readonly median: number
  readonly thirdQuartile: number
  readonly high: number
  readonly outliers: readonly number[]
}

export function boxOf(numbers: readonly number[]): BoxFigures {
  const sorted = numbers.toSorted((a, b) => a - b)
  const [firstQuartile, median, thirdQuartile] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share)) as [
    number,
    number,
    number,
  ]
  const reach = 1.5 * (thirdQuartile - firstQuartile)
  const inside = sorted.filter((one) => one >= firstQuartile - reach && one <= thirdQuartile + reach)
  return {
    low: inside[0]!,
    firstQuartile,
    median,
    thirdQuartile,
    high: inside.at(-1)!,
    outliers: sorted.filter((one) => one < inside[0]! || one > inside.at(-1)!),
  }
}

/**
 * How dense numbers lie along an axis, from 0 to 1 for the densest place: a Gaussian kernel whose width follows Silverman's
 * rule of thumb, 0.9 · min(sd, IQR / 1.34) · n^(−1/5).
 */
export function densityOf(
  numbers: readonly number[],
  axis: { readonly low: number; readonly high: number },
  placeCount: number,
): readonly (readonly [at: number, density: number])[] {
  const sorted = numbers.toSorted((a, b) => a - b)
  const count = sorted.length
  const mean = sorted.reduce((sum, one) => sum + one, 0) / count
  const sd = Math.sqrt(sorted.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, count - 1))
  const iqr = quantile(sorted, 0.75) - quantile(sorted, 0.25)
  const spread = Math.min(sd, iqr / 1.34) || sd || (axis.high - axis.low) / 20 || 1
  const width = 0.9 * spread * count ** -0.2
  const places = Array.from(
    { length: placeCount },
    (_, i) => axis.low + ((axis.high - axis.low) * i) / (placeCount - 1),
  )
  const densities = places.map((at) => sorted.reduce((sum, one) => sum + Math.exp(-0.5 * ((at - one) / width) ** 2), 0))
  const most = Math.max(...densities) || 1
  return places.map((at, i) => [at, densities[i]! / most] as const)
}
