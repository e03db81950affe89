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
  const edges = edgesOf(range, binCount)
  const placeOf = placeIn(range, binCount)
  const counts = new Array<number>(binCount).fill(0)
  for (let index = 0; index < numbers.length; index += 1) {
    const number = Number(numbers[index])
    if (!Number.isFinite(number)) continue
    let bin = Math.min(Math.max(Math.floor(placeOf(number)), 0), binCount - 1)
    // What rounding put beyond a border is brought back.
    if (number < (edges[bin] as number) && bin > 0) bin -= 1
    else if (number >= (edges[bin + 1] as number) && bin < binCount - 1) bin += 1
    counts[bin] = (counts[bin] as number) + 1
  }
  return { counts, edges }
}

interface Range {
  readonly min: number
  readonly max: number
}

function rangeOf(numbers: ArrayLike<number | bigint>): Range | undefined {
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

function edgesOf({ min, max }: Range, binCount: number): number[] {
  const step = (max - min) / binCount
  return Array.from({ length: binCount + 1 }, (_, index) => {
    if (index === binCount) return max
    // The span of two huge numbers may be beyond the largest double.
    if (!Number.isFinite(step)) return min * (1 - index / binCount) + max * (index / binCount)
    return index * step + min
  })
}

/** Where in a range a number is, in bins. */
function placeIn({ min, max }: Range, binCount: number): (number: number) => number {
  const scale = binCount / (max - min)
  const halfSpan = max / 2 - min / 2
  if (scale === 0) return (number) => ((number / 2 - min / 2) / halfSpan) * binCount
  // The range may be too small for more than one bin.
  return Number.isFinite(scale) ? (number) => (number - min) * scale : () => 0
}
