import { countBins } from '@lossline/protocol'

/** W&B's histogram object: `bins` are the edges, one more than `values`. */
export interface HistogramValue {
  readonly _type: 'histogram'
  readonly values: readonly number[]
  readonly bins: readonly number[]
}

/**
 * Counts numbers into bins of equal width, as numpy does.
 *
 * @param numbers - NaN and ±Infinity are left out.
 * @param binCount - Default: 32, what W&B uses for a logged array.
 * @returns `undefined` when no number is finite.
 */
export function histogramOf(numbers: ArrayLike<number | bigint>, binCount = 32): HistogramValue | undefined {
  const bins = countBins(numbers, binCount)
  return bins === undefined ? undefined : { _type: 'histogram', values: bins.counts, bins: bins.edges }
}
