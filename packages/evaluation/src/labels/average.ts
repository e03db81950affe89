import { invalidOption } from '../errors.ts'

/** What 0/0 gives: 0 or 1, or NaN, which means that averages leave the class out. As `zero_division` of scikit-learn. */
export type ZeroDivision = number

export function requireZeroDivision(value: ZeroDivision): void {
  if (value === 0 || value === 1 || Number.isNaN(value)) return
  throw invalidOption(`zeroDivision is ${value}`, 'Pass 0, 1 or NaN.')
}

export function divide(numerator: number, denominator: number, zeroDivision: ZeroDivision): number {
  return denominator === 0 ? zeroDivision : numerator / denominator
}

/** Mean of the values that are not NaN; NaN if there are none. */
export function meanOfDefined(values: ArrayLike<number>): number {
  let sum = 0
  let count = 0
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!
    if (Number.isNaN(value)) continue
    sum += value
    count += 1
  }
  return count === 0 ? Number.NaN : sum / count
}

/** Weighted mean of the values that are not NaN; the plain mean of all if no weight is left, as in scikit-learn. */
export function weightedMeanOfDefined(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  let sum = 0
  let weightSum = 0
  for (let index = 0; index < values.length; index += 1) {
    if (Number.isNaN(values[index]!)) continue
    sum += values[index]! * weights[index]!
    weightSum += weights[index]!
  }
  return weightSum === 0 ? meanOfDefined(values) : sum / weightSum
}
