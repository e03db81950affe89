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
  const order = orderByScore(scores)
  const thresholds: number[] = []
  const truePositive: number[] = []
  const falsePositive: number[] = []
  let positiveCount = 0
  let negativeCount = 0
  for (let rank = 0; rank < order.length; rank += 1) {
    const row = order[rank]!
    if (isPositive[row]) positiveCount += 1
    else negativeCount += 1
    if (rank + 1 < order.length && scores[order[rank + 1]!] === scores[row]) continue
    thresholds.push(scores[row]!)
    truePositive.push(positiveCount)
    falsePositive.push(negativeCount)
  }
  return {
    thresholds: Float64Array.from(thresholds),
    truePositive: Float64Array.from(truePositive),
    falsePositive: Float64Array.from(falsePositive),
    positiveCount,
    negativeCount,
  }
}

/** Rows from the highest score to the lowest; of equal scores the earlier row first. */
export function orderByScore(scores: ArrayLike<number>): Uint32Array {
  const order = new Uint32Array(scores.length)
  for (let row = 0; row < order.length; row += 1) {
    if (Number.isNaN(scores[row])) throw nanScore(row)
    order[row] = row
  }
  // Infinities of one sign differ by NaN, so the scores are compared and not subtracted.
  return order.sort((first, second) => {
    if (scores[first]! === scores[second]!) return first - second
    return scores[first]! > scores[second]! ? -1 : 1
  })
}

/** Whether a scalar over these scores is NaN rather than an error. */
export function hasNaN(scores: ArrayLike<number>): boolean {
  for (let row = 0; row < scores.length; row += 1) if (Number.isNaN(scores[row])) return true
  return false
}

function nanScore(row: number): Error {
  return invalidValue(
    `The score of row ${row} is NaN.`,
    'Leave rows without a score out: they have no place in an order.',
  )
}
