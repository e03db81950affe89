import { hasNaN, type RankedCounts, rankedCounts } from './ranked-counts.ts'

/** Points of a ROC curve, from (0, 0) to (1, 1). */
export interface RocCurve {
  /** Share of the negatives at or above each threshold. All NaN if there are no negatives. */
  readonly falsePositiveRate: Float64Array
  /** Share of the positives at or above each threshold. All NaN if there are no positives. */
  readonly truePositiveRate: Float64Array
  /** Descending. The first is +Infinity: nothing is predicted positive. */
  readonly thresholds: Float64Array
}

/** Choices of {@link rocCurve}. */
export interface RocCurveOptions {
  /** Leaves out points on a straight line between their neighbours. Default `true`, as scikit-learn. */
  readonly dropsIntermediate?: boolean
}

/**
 * Receiver operating characteristic. `roc_curve` of scikit-learn. Rows of equal score are one step. Without rows it is the
 * point at +Infinity alone.
 *
 * @param isPositive - One a row; 0 and `false` are negatives.
 * @param scores - One a row; higher means more likely positive.
 * @throws EvaluationError `evaluation-value` for a score that is NaN.
 */
export function rocCurve(
  isPositive: ArrayLike<number | boolean>,
  scores: ArrayLike<number>,
  { dropsIntermediate = true }: RocCurveOptions = {},
): RocCurve {
  const { thresholds, truePositive, falsePositive, positiveCount, negativeCount } = rankedCounts(isPositive, scores)
  const kept: number[] = []
  for (let index = 0; index < thresholds.length; index += 1) {
    if (!dropsIntermediate || isCorner(truePositive, index) || isCorner(falsePositive, index)) kept.push(index)
  }
  return {
    falsePositiveRate: Float64Array.from([0, ...kept.map((index) => falsePositive[index]!)], (n) => n / negativeCount),
    truePositiveRate: Float64Array.from([0, ...kept.map((index) => truePositive[index]!)], (n) => n / positiveCount),
    thresholds: Float64Array.from([Number.POSITIVE_INFINITY, ...kept.map((index) => thresholds[index]!)]),
  }
}

/**
 * Area under the ROC curve: the probability that a positive has a higher score than a negative, where a tie counts half.
 * `roc_auc_score` of scikit-learn for two classes. NaN if there are no positives or no negatives, or with NaN among the scores.
 *
 * @param isPositive - One a row; 0 and `false` are negatives.
 * @param scores - One a row; higher means more likely positive.
 */
export function rocAuc(isPositive: ArrayLike<number | boolean>, scores: ArrayLike<number>): number {
  return hasNaN(scores) ? Number.NaN : rocAucOfCounts(rankedCounts(isPositive, scores))
}

/** The same from counts. */
export function rocAucOfCounts({ truePositive, falsePositive, positiveCount, negativeCount }: RankedCounts): number {
  let doubledArea = 0
  for (let index = 0; index < truePositive.length; index += 1) {
    const width = falsePositive[index]! - (falsePositive[index - 1] ?? 0)
    doubledArea += width * (truePositive[index]! + (truePositive[index - 1] ?? 0))
  }
  return doubledArea / 2 / (positiveCount * negativeCount)
}

/** First and last points are corners, and those where a count grows at another pace than before. */
function isCorner(counts: Float64Array, index: number): boolean {
  if (index === 0 || index === counts.length - 1) return true
  return counts[index + 1]! - 2 * counts[index]! + counts[index - 1]! !== 0
}
