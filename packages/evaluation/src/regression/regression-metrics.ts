import { requireLength } from '../errors.ts'
import { isConstant, pearsonCorrelation, spearmanCorrelation } from './correlation.ts'

/** Errors of predicted numbers, in the unit of the target unless said otherwise. */
export interface RegressionMetrics {
  /** Mean of prediction − target: above 0 when the model says too much. */
  readonly meanError: number
  readonly meanAbsoluteError: number
  /** In the square of the target's unit. */
  readonly meanSquaredError: number
  readonly rootMeanSquaredError: number
  readonly medianAbsoluteError: number
  readonly maxError: number
  /** A fraction, not percent. Targets of 0 count as 2⁻⁵², which makes it huge, as in scikit-learn. */
  readonly meanAbsolutePercentageError: number
  /** Coefficient of determination, 1 at best. NaN for fewer than two rows; for a constant target 1 if all is right, else 0. */
  readonly r2: number
  /** As `r2`, but a constant error costs nothing. */
  readonly explainedVariance: number
  /** Pearson's correlation. NaN if target or prediction is constant. */
  readonly pearson: number
  /** Spearman's rank correlation; equal values have the mean of their ranks. NaN if target or prediction is constant. */
  readonly spearman: number
}

/**
 * The usual errors and correlations, as scikit-learn and SciPy define them. Without rows, or with NaN or an infinity among
 * the numbers, those that use it are NaN or infinite: a model that diverged is no error.
 *
 * @param targets - Actual numbers, one a row.
 * @param predictions - One a row.
 */
export function regressionMetrics(targets: ArrayLike<number>, predictions: ArrayLike<number>): RegressionMetrics {
  requireLength('Predictions', predictions.length, targets.length)
  const rowCount = targets.length
  const errors = Float64Array.from(targets, (target, row) => predictions[row]! - target)
  const absoluteErrors = errors.map(Math.abs)
  const meanSquaredError = meanOf(errors.map((error) => error ** 2))
  const meanError = meanOf(errors)
  const meanTarget = meanOf(targets)
  const squaredError = meanSquaredError * rowCount
  const targetSpread = spreadOf(targets, meanTarget)
  return {
    meanError,
    meanAbsoluteError: meanOf(absoluteErrors),
    meanSquaredError,
    rootMeanSquaredError: Math.sqrt(meanSquaredError),
    medianAbsoluteError: medianOf(absoluteErrors),
    maxError: rowCount === 0 ? Number.NaN : absoluteErrors.reduce((most, error) => Math.max(most, error), 0),
    meanAbsolutePercentageError: meanOf(
      absoluteErrors.map((error, row) => error / Math.max(Math.abs(targets[row]!), Number.EPSILON)),
    ),
    r2: rowCount < 2 ? Number.NaN : explainedShare(squaredError, targetSpread),
    explainedVariance: rowCount === 0 ? Number.NaN : explainedShare(spreadOf(errors, meanError), targetSpread),
    pearson: pearsonCorrelation(targets, predictions),
    spearman: spearmanCorrelation(targets, predictions),
  }
}

/** scikit-learn's answer to 0/0 is 1, and to anything else over 0 it is 0 (`force_finite`). */
export function explainedShare(unexplained: number, whole: number): number {
  if (whole !== 0) return 1 - unexplained / whole
  if (Number.isNaN(unexplained)) return Number.NaN
  return unexplained === 0 ? 1 : 0
}

/** Sum of the squared distances from the mean. */
function spreadOf(values: ArrayLike<number>, mean: number): number {
  // The mean of equal numbers can be off by a rounding, and no spread would become a tiny one.
  if (isConstant(values)) return 0
  let sum = 0
  for (let row = 0; row < values.length; row += 1) sum += (values[row]! - mean) ** 2
  return sum
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let row = 0; row < values.length; row += 1) sum += values[row]!
  return sum / values.length
}

/** Typed arrays sort NaN to the end, from where it would not show. */
function medianOf(values: Float64Array): number {
  if (values.length === 0 || values.some(Number.isNaN)) return Number.NaN
  const sorted = values.toSorted()
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
