import { hasNaN, type RankedCounts, rankedCounts } from './ranked-counts.ts'

/** Points of a precision-recall curve, from the lowest threshold to the highest. */
export interface PrecisionRecallCurve {
  /** One longer than the thresholds; the last is 1. */
  readonly precision: Float64Array
  /** One longer than the thresholds; the last is 0. All others are 1 if there are no positives. */
  readonly recall: Float64Array
  /** The different scores, ascending. */
  readonly thresholds: Float64Array
}

/**
 * Precision and recall when all rows with a score of at least a threshold are predicted positive, for every score that
 * occurs. `precision_recall_curve` of scikit-learn. Without rows it is the last point alone.
 *
 * @param isPositive - One a row; 0 and `false` are negatives.
 * @param scores - One a row; higher means more likely positive.
 * @throws EvaluationError `evaluation-value` for a score that is NaN.
 */
export function precisionRecallCurve(
  isPositive: ArrayLike<number | boolean>,
  scores: ArrayLike<number>,
): PrecisionRecallCurve {
  const { thresholds, truePositive, falsePositive, positiveCount } = rankedCounts(isPositive, scores)
  const precision = truePositive.map((count, index) => count / (count + falsePositive[index]!))
  const recall = truePositive.map((count) => (positiveCount === 0 ? 1 : count / positiveCount))
  return {
    precision: Float64Array.from([...precision.reverse(), 1]),
    recall: Float64Array.from([...recall.reverse(), 0]),
    thresholds: thresholds.reverse(),
  }
}

/**
 * Average precision: the sum over the thresholds of precision × gain in recall, without interpolation.
 * `average_precision_score` of scikit-learn. 0 if there are no positives, as there; NaN without rows, or with NaN among the scores.
 *
 * @param isPositive - One a row; 0 and `false` are negatives.
 * @param scores - One a row; higher means more likely positive.
 */
export function averagePrecision(isPositive: ArrayLike<number | boolean>, scores: ArrayLike<number>): number {
  if (scores.length === 0 || hasNaN(scores)) return Number.NaN
  return averagePrecisionOfCounts(rankedCounts(isPositive, scores))
}

/** The same from counts of at least one row. */
export function averagePrecisionOfCounts({ truePositive, falsePositive, positiveCount }: RankedCounts): number {
  if (positiveCount === 0) return 0
  let sum = 0
  for (let index = 0; index < truePositive.length; index += 1) {
    const count = truePositive[index]!
    sum += ((count - (truePositive[index - 1] ?? 0)) * count) / (count + falsePositive[index]!)
  }
  return sum / positiveCount
}
