import { requireOneOf } from '../errors.ts'
import { type ClassCounts, type ConfusionMatrix, countClasses, sumOf } from './confusion-matrix.ts'

/**
 * Matthews correlation coefficient from −1 to 1, for any number of classes (Gorodkin 2004, `matthews_corrcoef` of
 * scikit-learn). 0 where it is 0/0: when all rows have one class, or all predictions do. NaN without rows.
 */
export function matthewsCorrelation(matrix: ConfusionMatrix): number {
  return matthewsOfCounts(countClasses(matrix))
}

/** The same from counts of classes, which is all that it needs. */
export function matthewsOfCounts({ truePositive, actual, predicted }: ClassCounts): number {
  const rowCount = sumOf(actual)
  if (rowCount === 0) return Number.NaN
  const covariance = sumOf(truePositive) * rowCount - dot(actual, predicted)
  const actualVariance = rowCount ** 2 - dot(actual, actual)
  const predictedVariance = rowCount ** 2 - dot(predicted, predicted)
  if (actualVariance === 0 || predictedVariance === 0) return 0
  // Two roots, because the product of the variances of many rows would lose digits.
  return covariance / (Math.sqrt(actualVariance) * Math.sqrt(predictedVariance))
}

/** Choices of {@link cohenKappa}. */
export interface CohenKappaOptions {
  /**
   * What a confusion of two classes costs. Default `'none'`: 1; `'linear'`: how far their indices are apart;
   * `'quadratic'`: the square of that, for ordered classes.
   */
  readonly weights?: 'none' | 'linear' | 'quadratic'
}

/**
 * Cohen's kappa: agreement beyond what chance would give, 1 at best (Cohen 1960; `cohen_kappa_score` of scikit-learn).
 * NaN where it is 0/0: without rows, or when labels and predictions hold one and the same class only.
 */
export function cohenKappa(matrix: ConfusionMatrix, { weights = 'none' }: CohenKappaOptions = {}): number {
  requireOneOf('weights', weights, ['none', 'linear', 'quadratic'])
  const { classCount, counts } = matrix
  const { actual, predicted } = countClasses(matrix)
  const rowCount = sumOf(actual)
  let observed = 0
  let expected = 0
  for (let row = 0; row < classCount; row += 1) {
    for (let column = 0; column < classCount; column += 1) {
      const cost = costOf(Math.abs(row - column), weights)
      observed += cost * counts[row * classCount + column]!
      expected += (cost * actual[row]! * predicted[column]!) / rowCount
    }
  }
  return 1 - observed / expected
}

/** Without weights, from counts of classes alone. */
export function kappaOfCounts({ truePositive, actual, predicted }: ClassCounts): number {
  const rowCount = sumOf(actual)
  const expected = dot(actual, predicted) / rowCount
  return (sumOf(truePositive) - expected) / (rowCount - expected)
}

function costOf(distance: number, weights: 'none' | 'linear' | 'quadratic'): number {
  if (weights === 'none') return distance === 0 ? 0 : 1
  return weights === 'linear' ? distance : distance ** 2
}

function dot(first: ArrayLike<number>, second: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < first.length; index += 1) sum += first[index]! * second[index]!
  return sum
}
