import { type Cholesky, factor, solveLower, solveUpper } from './cholesky.ts'

/** A kernel of Matérn, by its smoothness: 3/2, 5/2, or infinitely smooth, which is the squared exponential. */
export type Smoothness = 1.5 | 2.5 | typeof Number.POSITIVE_INFINITY

/** What a Gaussian process believes before it has seen anything. Its mean is 0. */
export interface GaussianPrior {
  readonly smoothness: Smoothness
  /** For each axis: how far points are apart that tell little of each other. */
  readonly lengthScales: ArrayLike<number>
  /** Axes without order: points agree on one, or they do not. */
  readonly isCategory: readonly boolean[]
  readonly signalVariance: number
  /** Of the observations, as a share of the signal's variance. */
  readonly noiseShare: number
}

/** What is believed of a point. */
export interface Prediction {
  readonly mean: number
  /** Standard deviation of the function there, the noise of observations left out. */
  readonly deviation: number
}

/** A Gaussian process that has seen points. */
export interface GaussianProcess {
  /** The mean alone, which costs much less. */
  meanAt(point: ArrayLike<number>): number
  predict(point: ArrayLike<number>): Prediction
  /** As `predict`; fills in how mean and deviation change along each axis. Along categories they do not. */
  predictWithSlopes(point: ArrayLike<number>, meanSlope: Float64Array, deviationSlope: Float64Array): Prediction
}

/** Added to the diagonal, as a share of the signal's variance, and multiplied until a matrix can be factored. */
const jitterShare = 1e-10

/** Correlation of two points at a distance, in length scales. */
export function matern(smoothness: Smoothness, distance: number): number {
  if (smoothness === Number.POSITIVE_INFINITY) return Math.exp(-0.5 * distance * distance)
  const scaled = Math.sqrt(2 * smoothness) * distance
  return (smoothness === 1.5 ? 1 + scaled : 1 + scaled + (scaled * scaled) / 3) * Math.exp(-scaled)
}

/** Minus the derivative of {@link matern}, divided by the distance: finite at 0 for both kernels. */
export function maternSlope(smoothness: Smoothness, distance: number): number {
  if (smoothness === Number.POSITIVE_INFINITY) return Math.exp(-0.5 * distance * distance)
  const scaled = Math.sqrt(2 * smoothness) * distance
  return smoothness === 1.5 ? 3 * Math.exp(-scaled) : (5 / 3) * (1 + scaled) * Math.exp(-scaled)
}

/**
 * Conditions a prior on observations.
 *
 * @param points - One after the other, an axis a number.
 * @param values - As many as points.
 */
export function createGaussianProcess(
  prior: GaussianPrior,
  points: readonly ArrayLike<number>[],
  values: ArrayLike<number>,
): GaussianProcess {
  const { smoothness, isCategory, signalVariance, noiseShare } = prior
  const axisCount = isCategory.length
  const size = points.length
  const inverseScales = Float64Array.from(prior.lengthScales, (scale) => 1 / scale)
  const data = new Float64Array(size * axisCount)
  for (const [i, point] of points.entries()) data.set(Float64Array.from(point), i * axisCount)
  const distanceTo = (point: ArrayLike<number>, i: number): number => {
    let square = 0
    for (let axis = 0; axis < axisCount; axis++) {
      const between = point[axis]! - data[i * axisCount + axis]!
      const apart = isCategory[axis] ? Number(between !== 0) : between
      square += (apart * inverseScales[axis]!) ** 2
    }
    return Math.sqrt(square)
  }
  const cholesky = factorWithJitter(size, (jitter) => {
    const matrix = new Float64Array(size * size)
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < i; j++) matrix[i * size + j] = matern(smoothness, distanceTo(points[i]!, j))
      matrix[i * size + i] = 1 + noiseShare + jitter
    }
    return matrix
  })
  const weights = Float64Array.from(values)
  solveLower(cholesky, weights)
  solveUpper(cholesky, weights)

  const solved = new Float64Array(size)
  const predict = (point: ArrayLike<number>): Prediction => {
    let mean = 0
    for (let i = 0; i < size; i++) {
      const correlation = matern(smoothness, distanceTo(point, i))
      solved[i] = correlation
      mean += correlation * weights[i]!
    }
    solveLower(cholesky, solved)
    let explained = 0
    for (const one of solved) explained += one * one
    return { mean, deviation: Math.sqrt(signalVariance * Math.max(1e-14, 1 - explained)) }
  }
  return {
    meanAt: (point) => {
      let mean = 0
      for (let i = 0; i < size; i++) mean += matern(smoothness, distanceTo(point, i)) * weights[i]!
      return mean
    },
    predict,
    predictWithSlopes: (point, meanSlope, deviationSlope) => {
      const prediction = predict(point)
      solveUpper(cholesky, solved)
      meanSlope.fill(0)
      deviationSlope.fill(0)
      for (let i = 0; i < size; i++) {
        const slope = maternSlope(smoothness, distanceTo(point, i))
        for (let axis = 0; axis < axisCount; axis++) {
          if (isCategory[axis]) continue
          const between = point[axis]! - data[i * axisCount + axis]!
          const change = -slope * between * inverseScales[axis]! ** 2
          meanSlope[axis]! += change * weights[i]!
          deviationSlope[axis]! -= change * solved[i]!
        }
      }
      for (let axis = 0; axis < axisCount; axis++) deviationSlope[axis]! *= signalVariance / prediction.deviation
      return prediction
    },
  }
}

function factorWithJitter(size: number, build: (jitter: number) => Float64Array): Cholesky {
  for (let jitter = jitterShare; jitter < 1; jitter *= 100) {
    const cholesky = factor(build(jitter), size)
    if (cholesky !== undefined) return cholesky
  }
  throw new RangeError('A covariance matrix is not positive definite: a point or a value is no number.')
}
