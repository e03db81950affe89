/** Numbers counted into bins. */
export interface CountedBins {
  /** How many numbers fell into each bin. */
  readonly counts: number[]
  /** Borders of the bins: one more than there are bins. */
  readonly edges: number[]
}

/**
 * Counts numbers into bins of equal width between the smallest and the largest of them, as numpy's `histogram` does: a bin
 * includes its left border, and the last one its right border too. Equal numbers get a range of 1 around them.
 *
 * @param numbers - NaN and infinities are left out.
 * @returns `undefined` when no number is finite.
 */
export function countBins(numbers: ArrayLike<number | bigint>, binCount: number): CountedBins | undefined {
  const range = rangeOf(numbers)
  if (range === undefined) return undefined
  const { min, max } = range
  // Divided first: the span of two huge numbers may be beyond the largest double.
  const span = max - min
  const step = Number.isFinite(span) ? span / binCount : max / binCount - min / binCount
  const edges = Array.from({ length: binCount + 1 }, (_, index) => (index === binCount ? max : index * step + min))
  const counts = new Array<number>(binCount).fill(0)
  const scale = Number.isFinite(span) ? binCount / span : 1 / step
  for (let index = 0; index < numbers.length; index += 1) {
    const number = Number(numbers[index])
    if (!Number.isFinite(number)) continue
    let bin = Math.min(Math.max(Math.floor((number - min) * scale), 0), binCount - 1)
    // What rounding put beyond a border is brought back.
    if (number < (edges[bin] as number) && bin > 0) bin -= 1
    else if (number >= (edges[bin + 1] as number) && bin < binCount - 1) bin += 1
    counts[bin] = (counts[bin] as number) + 1
  }
  return { counts, edges }
}

function rangeOf(numbers: ArrayLike<number | bigint>): { min: number; max: number } | undefined {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let index = 0; index < numbers.length; index += 1) {
    const number = Number(numbers[index])
    if (!Number.isFinite(number)) continue
    if (number < min) min = number
    if (number > max) max = number
  }
  if (min > max) return undefined
  return min === max ? { min: min - 0.5, max: max + 0.5 } : { min, max }
}
