import { requireOneOf } from '../errors.ts'
import { type RankedCounts, rankedCounts } from './ranked-counts.ts'

/** What a threshold is chosen by. */
export type ThresholdCriterion = 'f1' | 'youden' | 'accuracy'

/** Choices of {@link bestThreshold}. */
export interface BestThresholdOptions {
  /** `'f1'` (default), `'youden'` (true positive rate − false positive rate), or `'accuracy'`. */
  readonly by?: ThresholdCriterion
}

/** The threshold that is best, and how good it is. */
export interface BestThreshold {
  /** Rows with a score of at least this are positive. +Infinity: none is. */
  readonly threshold: number
  /** The criterion at that threshold. */
  readonly value: number
}

/**
 * The score from which on rows should be called positive. Tried are all scores that occur, and +Infinity; of equally good
 * ones the highest wins. Without the class that a criterion needs it is +Infinity with value 0 (`'f1'` without positives) or
 * NaN (`'youden'` with one class only; `'accuracy'` without rows).
 *
 * @param isPositive - One a row; 0 and `false` are negatives.
 * @param scores - One a row; higher means more likely positive.
 * @throws EvaluationError `evaluation-value` for a score that is NaN.
 */
export function bestThreshold(
  isPositive: ArrayLike<number | boolean>,
  scores: ArrayLike<number>,
  options: BestThresholdOptions = {},
): BestThreshold {
  return bestThresholdOfCounts(rankedCounts(isPositive, scores), options)
}

/** The same from counts. */
export function bestThresholdOfCounts(
  { thresholds, truePositive, falsePositive, positiveCount, negativeCount }: RankedCounts,
  { by = 'f1' }: BestThresholdOptions = {},
): BestThreshold {
  requireOneOf('by', by, ['f1', 'youden', 'accuracy'])
  const criterionOf = (hits: number, falseAlarms: number): number => {
    if (by === 'f1') return hits === 0 ? 0 : (2 * hits) / (hits + falseAlarms + positiveCount)
    if (by === 'youden') return hits / positiveCount - falseAlarms / negativeCount
    return (hits + negativeCount - falseAlarms) / (positiveCount + negativeCount)
  }
  let best: BestThreshold = { threshold: Number.POSITIVE_INFINITY, value: criterionOf(0, 0) }
  for (let index = 0; index < thresholds.length; index += 1) {
    const value = criterionOf(truePositive[index]!, falsePositive[index]!)
    if (value > best.value) best = { threshold: thresholds[index]!, value }
  }
  return best
}
