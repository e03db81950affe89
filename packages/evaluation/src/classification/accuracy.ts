import { requireInteger, requireLabels, requireLength } from '../errors.ts'
import { divide, meanOfDefined } from '../labels/average.ts'
import { countRows } from '../labels/score-rows.ts'
import { type ClassCounts, type ConfusionMatrix, countClasses, sumOf } from './confusion-matrix.ts'

/** Share of the rows whose class was predicted. `accuracy_score` of scikit-learn. NaN without rows. */
export function accuracy(labels: ArrayLike<number>, predictions: ArrayLike<number>): number {
  requireLength('Predictions', predictions.length, labels.length)
  let correctCount = 0
  for (let row = 0; row < labels.length; row += 1) if (labels[row] === predictions[row]) correctCount += 1
  return correctCount / labels.length
}

/** Share of the rows on the diagonal. NaN without rows. */
export function accuracyOf(matrix: ConfusionMatrix): number {
  return sumOf(countClasses(matrix).truePositive) / sumOf(matrix.counts)
}

/**
 * Mean of the recalls of the classes that occur in the labels. `balanced_accuracy_score` of scikit-learn, which leaves the
 * other classes out too. NaN without rows.
 */
export function balancedAccuracy(matrix: ConfusionMatrix): number {
  return balancedAccuracyOfCounts(countClasses(matrix))
}

/** The same from counts of classes. */
export function balancedAccuracyOfCounts({ truePositive, actual }: ClassCounts): number {
  return meanOfDefined(truePositive.map((count, index) => divide(count, actual[index]!, Number.NaN)))
}

/** What {@link topKAccuracy} needs besides labels and scores. */
export interface TopKAccuracyOptions {
  /** Number of classes, which is the length of a row of scores. */
  readonly classCount: number
  /** How many of the highest scores count. At least `classCount`: every row is right. */
  readonly k: number
}

/**
 * Share of the rows whose class has one of the k highest scores. `top_k_accuracy_score` of scikit-learn, also on ties: of
 * equal scores the class with the higher index comes first. So k = 1 can differ from the accuracy of `argmaxRows`, which
 * takes the lower index. A row with NaN among its scores is wrong. NaN without rows.
 *
 * @param scores - Rows × classes, row by row.
 */
export function topKAccuracy(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  { classCount, k }: TopKAccuracyOptions,
): number {
  requireInteger('k', k, 1)
  requireLength('Rows of scores', countRows(scores, classCount), labels.length)
  requireLabels('Labels', labels, classCount)
  let correctCount = 0
  for (let row = 0; row < labels.length; row += 1) {
    if (rankOf(labels[row]!, scores, row * classCount, classCount) < k) correctCount += 1
  }
  return correctCount / labels.length
}

/** How many classes of the row at `start` come before `label`; Infinity if a score is NaN. */
export function rankOf(label: number, scores: ArrayLike<number>, start: number, classCount: number): number {
  const own = scores[start + label]!
  let rank = 0
  for (let index = 0; index < classCount; index += 1) {
    const score = scores[start + index]!
    if (Number.isNaN(score)) return Number.POSITIVE_INFINITY
    if (score > own || (score === own && index > label)) rank += 1
  }
  return rank
}
