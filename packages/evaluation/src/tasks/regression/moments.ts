import { explainedShare } from '../../regression/regression-metrics.ts'

/** Sums of predicted numbers that need no row again: Welford's, and Chan's for covariance. */
export interface Moments {
  readonly rowCount: number
  add(target: number, prediction: number): void
  /** The metrics that rest on sums, as `regressionMetrics` defines them. */
  metrics(): MomentMetrics
}

/** See `RegressionMetrics`. */
export interface MomentMetrics {
  readonly meanError: number
  readonly meanAbsoluteError: number
  readonly meanSquaredError: number
  readonly maxError: number
  readonly meanAbsolutePercentageError: number
  readonly r2: number
  readonly explainedVariance: number
  readonly pearson: number
}

export function createMoments(): Moments {
  let rowCount = 0
  let [absoluteSum, squareSum, percentageSum, maxError] = [0, 0, 0, 0]
  let [targetMean, predictionMean, errorMean] = [0, 0, 0]
  let [targetSpread, predictionSpread, errorSpread, covariance] = [0, 0, 0, 0]
  return {
    get rowCount() {
      return rowCount
    },
    add(target, prediction) {
      rowCount += 1
      const error = prediction - target
      absoluteSum += Math.abs(error)
      squareSum += error ** 2
      percentageSum += Math.abs(error) / Math.max(Math.abs(target), Number.EPSILON)
      maxError = Math.max(maxError, Math.abs(error))
      const targetStep = target - targetMean
      const predictionStep = prediction - predictionMean
      const errorStep = error - errorMean
      targetMean += targetStep / rowCount
      predictionMean += predictionStep / rowCount
      errorMean += errorStep / rowCount
      targetSpread += targetStep * (target - targetMean)
      predictionSpread += predictionStep * (prediction - predictionMean)
      errorSpread += errorStep * (error - errorMean)
      covariance += targetStep * (prediction - predictionMean)
    },
    metrics() {
      const empty = rowCount === 0
      const correlation = covariance / (Math.sqrt(targetSpread) * Math.sqrt(predictionSpread))
      return {
        meanError: empty ? Number.NaN : errorMean,
        meanAbsoluteError: absoluteSum / rowCount,
        meanSquaredError: squareSum / rowCount,
        maxError: empty ? Number.NaN : maxError,
        meanAbsolutePercentageError: percentageSum / rowCount,
        r2: rowCount < 2 ? Number.NaN : explainedShare(squareSum, targetSpread),
        explainedVariance: empty ? Number.NaN : explainedShare(errorSpread, targetSpread),
        pearson: Math.min(1, Math.max(-1, correlation)),
      }
    },
  }
}
