import { requireInteger, requireLength } from '../errors.ts'

/**
 * The class with the highest score of each row. On a tie it is the first one, as in NumPy's `argmax`; a row with NaN gives its
 * first NaN, likewise.
 *
 * @param scores - Rows × classes, row by row. Logits and probabilities do equally well.
 */
export function argmaxRows(scores: ArrayLike<number>, classCount: number): Int32Array {
  const rowCount = countRows(scores, classCount)
  const best = new Int32Array(rowCount)
  for (let row = 0; row < rowCount; row += 1) best[row] = argmaxOfRow(scores, row * classCount, classCount)
  return best
}

/**
 * Probabilities of logits: exp(x) / sum(exp(x)) of each row, in float64.
 *
 * @param logits - Rows × classes, row by row.
 * @returns Rows × classes. A row that holds NaN or +Infinity is all NaN.
 */
export function softmaxRows(logits: ArrayLike<number>, classCount: number): Float64Array {
  const rowCount = countRows(logits, classCount)
  const probabilities = new Float64Array(logits.length)
  for (let row = 0; row < rowCount; row += 1) {
    const start = row * classCount
    const highest = logits[start + argmaxOfRow(logits, start, classCount)]!
    let sum = 0
    for (let at = start; at < start + classCount; at += 1) {
      // The highest is taken away so that exp cannot overflow.
      const power = Math.exp(logits[at]! - highest)
      probabilities[at] = power
      sum += power
    }
    for (let at = start; at < start + classCount; at += 1) probabilities[at]! /= sum
  }
  return probabilities
}

/**
 * Scores of two classes from the probability of the second, for the functions that take rows × classes.
 *
 * @param probabilities - Of the positive class, one a row.
 * @returns Rows × 2: 1 − p and p.
 */
export function binaryProbabilities(probabilities: ArrayLike<number>): Float64Array {
  const both = new Float64Array(probabilities.length * 2)
  for (let row = 0; row < probabilities.length; row += 1) {
    both[row * 2] = 1 - probabilities[row]!
    both[row * 2 + 1] = probabilities[row]!
  }
  return both
}

/** The scores of one class: a column of rows × classes. */
export function scoresOfClass(scores: ArrayLike<number>, classCount: number, classIndex: number): Float64Array {
  const rowCount = countRows(scores, classCount)
  const column = new Float64Array(rowCount)
  for (let row = 0; row < rowCount; row += 1) column[row] = scores[row * classCount + classIndex]!
  return column
}

/** Number of rows of a flat matrix; throws when the last one is not whole. */
export function countRows(scores: ArrayLike<number>, classCount: number): number {
  requireInteger('classCount', classCount, 1)
  const rowCount = Math.floor(scores.length / classCount)
  requireLength('Scores', scores.length, rowCount * classCount)
  return rowCount
}

/** Index of the highest score of the row at `start`; of its first NaN, if it has one. */
export function argmaxOfRow(scores: ArrayLike<number>, start: number, classCount: number): number {
  let best = 0
  for (let index = 0; index < classCount; index += 1) {
    const score = scores[start + index]!
    if (Number.isNaN(score)) return index
    if (score > scores[start + best]!) best = index
  }
  return best
}
