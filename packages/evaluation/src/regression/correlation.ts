import { requireLength } from '../errors.ts'

/**
 * Pearson's correlation coefficient, −1 to 1 (`scipy.stats.pearsonr`). NaN for fewer than two rows, if one side is constant,
 * or with NaN among the numbers.
 */
export function pearsonCorrelation(first: ArrayLike<number>, second: ArrayLike<number>): number {
  requireLength('Values of the second side', second.length, first.length)
  const rowCount = first.length
  let firstMean = 0
  let secondMean = 0
  for (let row = 0; row < rowCount; row += 1) {
    firstMean += first[row]! / rowCount
    secondMean += second[row]! / rowCount
  }
  let covariance = 0
  let firstSpread = 0
  let secondSpread = 0
  for (let row = 0; row < rowCount; row += 1) {
    const a = first[row]! - firstMean
    const b = second[row]! - secondMean
    covariance += a * b
    firstSpread += a * a
    secondSpread += b * b
  }
  // The mean of equal numbers can be off by a rounding, which would make a correlation out of nothing.
  if (isConstant(first) || isConstant(second)) return Number.NaN
  const correlation = covariance / (Math.sqrt(firstSpread) * Math.sqrt(secondSpread))
  return Math.min(1, Math.max(-1, correlation))
}

/**
 * Spearman's rank correlation, −1 to 1 (`scipy.stats.spearmanr`): Pearson's of the ranks, where equal values have the mean of
 * theirs. NaN where Pearson's is.
 */
export function spearmanCorrelation(first: ArrayLike<number>, second: ArrayLike<number>): number {
  requireLength('Values of the second side', second.length, first.length)
  return pearsonCorrelation(ranksOf(first), ranksOf(second))
}

/** Ranks from 1 on; equal values share the mean of theirs. All NaN if one value is. */
function ranksOf(values: ArrayLike<number>): Float64Array {
  const ranks = new Float64Array(values.length)
  const order = Uint32Array.from({ length: values.length }, (_, row) => row)
  for (let row = 0; row < values.length; row += 1) if (Number.isNaN(values[row])) return ranks.fill(Number.NaN)
  order.sort((a, b) => (values[a]! === values[b]! ? 0 : values[a]! < values[b]! ? -1 : 1))
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end < order.length && values[order[end]!] === values[order[start]!]) end += 1
    for (let at = start; at < end; at += 1) ranks[order[at]!] = (start + 1 + end) / 2
    start = end
  }
  return ranks
}

/** Whether all values are equal. NaN equals nothing. */
export function isConstant(values: ArrayLike<number>): boolean {
  for (let row = 0; row < values.length; row += 1) if (values[row] !== values[0]) return false
  return true
}
