import { requireLabels, requireLength } from '../errors.ts'
import { countRows } from '../labels/score-rows.ts'

/** What scores of probabilities need besides labels and probabilities. */
export interface ProbabilityScoreOptions {
  /** Number of classes, which is the length of a row of probabilities. */
  readonly classCount: number
}

/**
 * Mean of −ln(probability of the actual class). `log_loss` of scikit-learn: probabilities are clipped to [ε, 1 − ε] with
 * ε = 2⁻⁵², so that a class with probability 0 costs 36.04 and not Infinity; rows are not normalised.
 * NaN without rows, or if the probability of an actual class is NaN.
 *
 * @param probabilities - Rows × classes, row by row.
 */
export function logLoss(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { classCount }: ProbabilityScoreOptions,
): number {
  requireProbabilities(labels, probabilities, classCount)
  let sum = 0
  for (let row = 0; row < labels.length; row += 1) {
    const probability = probabilities[row * classCount + labels[row]!]!
    sum -= Math.log(Math.min(Math.max(probability, Number.EPSILON), 1 - Number.EPSILON))
  }
  return sum / labels.length
}

/** Choices of {@link brierScore}. */
export interface BrierScoreOptions extends ProbabilityScoreOptions {
  /**
   * Halves the score, so that it lies between 0 and 1 and not between 0 and 2. Default: with two classes only, where it then
   * is the mean of (p − y)²; as scikit-learn's `scale_by_half='auto'`.
   */
  readonly isHalved?: boolean
}

/**
 * Brier score: mean over rows of the squared distance between probabilities and the actual class (Brier 1950;
 * `brier_score_loss` of scikit-learn). NaN without rows, or with NaN among the probabilities.
 *
 * @param probabilities - Rows × classes, row by row.
 */
export function brierScore(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { classCount, isHalved = classCount === 2 }: BrierScoreOptions,
): number {
  requireProbabilities(labels, probabilities, classCount)
  let sum = 0
  for (let row = 0; row < labels.length; row += 1) {
    for (let index = 0; index < classCount; index += 1) {
      sum += (probabilities[row * classCount + index]! - (index === labels[row] ? 1 : 0)) ** 2
    }
  }
  return sum / labels.length / (isHalved ? 2 : 1)
}

export function requireProbabilities(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  classCount: number,
): void {
  requireLength('Rows of probabilities', countRows(probabilities, classCount), labels.length)
  requireLabels('Labels', labels, classCount)
}
