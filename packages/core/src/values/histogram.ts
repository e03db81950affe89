/** W&B's histogram object: `bins` are the edges, one more than `values`. */
export interface HistogramValue {
  readonly _type: 'histogram'
  readonly values: readonly number[]
  readonly bins: readonly number[]
}

/**
 * Counts numbers into bins of equal width between the smallest and the largest of them. The last bin includes its
 * right edge. Equal numbers get a range of 1 around them, as numpy does.
 *
 * @param numbers - NaN and ±Infinity are left out.
 * @param binCount - Default: 32, what W&B uses for a logged array.
 * @returns `undefined` when no number is finite.
 */
export function histogramOf(numbers: ArrayLike<number | bigint>, binCount = 32): HistogramValue | undefined {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let index = 0; index < numbers.length; index += 1) {
    const number = Number(numbers[index])
    if (!Number.isFinite(number)) continue
    if (number < min) min = number
    if (number > max) max = number
  }
  if (min > max) return undefined
  if (min === max) {
    min -= 0.5
    max += 0.5
  }

  const values = new Array<number>(binCount).fill(0)
  // Divided first: the span of two huge numbers may be beyond the largest double.
  const width = max / binCount - min / binCount
  for (let index = 0; index < numbers.length; index += 1) {
    const number = Number(numbers[index])
    if (!Number.isFinite(number)) continue
    const bin = width === 0 ? 0 : Math.floor(number / width - min / width)
    const clamped = Math.min(Math.max(bin, 0), binCount - 1)
    values[clamped] = (values[clamped] ?? 0) + 1
  }
  const bins = Array.from({ length: binCount + 1 }, (_, index) => (index === binCount ? max : min + width * index))
  return { _type: 'histogram', values, bins }
}
