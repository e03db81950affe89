import { invalidValue, requireLength } from '../errors.ts'

/** How many rows lie at or above each score. */
export interface RankedCounts {
  /** The different scores, from the highest to the lowest. */
  readonly thresholds: Float64Array
  /** Positive rows with a score of at least each threshold. */
  readonly truePositive: Float64Array
  /** Negative rows with a score of at least each threshold. */
  readonly falsePositive: Float64Array
  readonly positiveCount: number
  readonly negativeCount: number
}

/**
 * Counts positives and negatives from the highest score down; rows of equal score are one step, so their order does not matter.
 *
 * @throws EvaluationError `evaluation-value` for NaN, which has no place in an order.
 */
export function rankedCounts(isPositive: ArrayLike<number | boolean>, scores: ArrayLike<number>): RankedCounts {
  requireLength('Scores', scores.length, isPositive.length)
  // Sorted apart, because numbers alone sort ten times as fast as rows do.
  const { positives, negatives } = splitScores(isPositive, scores)
  const thresholds = new Float64Array(scores.length)
  const truePositive = new Float64Array(scores.length)
  const falsePositive = new Float64Array(scores.length)
  let positivesLeft = positives.length
  let negativesLeft = negatives.length
  let stepCount = 0
  while (positivesLeft + negativesLeft > 0) {
    const threshold = Math.max(
      positives[positivesLeft - 1] ?? Number.NEGATIVE_INFINITY,
      negatives[negativesLeft - 1] ?? Number.NEGATIVE_INFINITY,
    )
    while (positives[positivesLeft - 1] === threshold) positivesLeft -= 1
    while (negatives[negativesLeft - 1] === threshold) negativesLeft -= 1
    thresholds[stepCount] = threshold
    truePositive[stepCount] = positives.length - positivesLeft
    falsePositive[stepCount] = negatives.length - negativesLeft
    stepCount += 1
  }
  return {
    thresholds: thresholds.slice(0, stepCount),
    truePositive: truePositive.slice(0, stepCount),
    falsePositive: falsePositive.slice(0, stepCount),
    positiveCount: positives.length,
    negativeCount: negatives.length,
  }
}

/** Whether a scalar over these scores is NaN rather than an error. */
export function hasNaN(scores: ArrayLike<number>): boolean {
  for (let row = 0; row < scores.length; row += 1) if (Number.isNaN(scores[row])) return true
  return false
}

/** Scores of positive and of negative rows, each ascending. */
function splitScores(
  isPositive: ArrayLike<number | boolean>,
  scores: ArrayLike<number>,
): { positives: Float64Array; negatives: Float64Array } {
  const positives = new Float64Array(scores.length)
  const negatives = new Float64Array(scores.length)
  let positiveCount = 0
  for (let row = 0; row < scores.length; row += 1) {
    const score = scores[row]!
    if (Number.isNaN(score)) throw nanScore(row)
    if (isPositive[row]) {
      positives[positiveCount] = score
      positiveCount += 1
    } else {
      negatives[row - positiveCount] = score
    }
  }
  return {
    positives: positives.subarray(0, positiveCount).sort(),
    negatives: negatives.subarray(0, scores.length - positiveCount).sort(),
  }
}

function nanScore(row: number): Error {
  return invalidValue(
    `The score of row ${row} is NaN.`,
    'Leave rows without a score out: they have no place in an order.',
  )
}
