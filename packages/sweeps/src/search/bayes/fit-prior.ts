import { factor, invert, logDeterminant, solveLower, solveUpper } from './cholesky.ts'
import { type GaussianPrior, matern, maternSlope, type Smoothness } from './gaussian-process.ts'
import { minimize, type Objective } from './minimize.ts'

/** What is believed of length scales and noise before any value is seen: normal distributions of their logarithms. */
export interface HyperPrior {
  readonly smoothness: Smoothness
  readonly logLengthScale: NormalBelief
  readonly logNoiseShare: NormalBelief
  /** Inverse-gamma distribution of the signal's variance. */
  readonly signalVariance: { readonly shape: number; readonly scale: number }
}

interface NormalBelief {
  readonly mean: number
  /** Infinity: nothing is believed. */
  readonly deviation: number
  readonly min: number
  readonly max: number
}

/**
 * What is usual for a cube of side 1 and values of mean 0 and variance 1. Length scales grow with the root of the number of axes, as
 * the distances of points do (Hvarfner, Hellsten and Nardi, 2024).
 */
export function usualHyperPrior(axisCount: number, smoothness: Smoothness = 2.5): HyperPrior {
  return {
    smoothness,
    logLengthScale: { mean: Math.log(Math.sqrt(axisCount)), deviation: 1, min: Math.log(0.02), max: Math.log(50) },
    logNoiseShare: { mean: Math.log(1e-7), deviation: 3, min: Math.log(1e-10), max: 0 },
    signalVariance: { shape: 1, scale: 1 },
  }
}

/** Squared differences of all pairs of points, an axis after the other. */
type Differences = readonly Float64Array[]

/** A prior, and how probable it is: its logarithm up to a constant that all fits of as many points share. */
export interface FittedPrior {
  readonly prior: GaussianPrior
  readonly logPosterior: number
}

/**
 * The most probable prior for points and values: length scales, noise and, in closed form for each of them, the signal's variance.
 *
 * @param start - Length scales from which the search starts.
 */
export function fitPrior(
  points: readonly ArrayLike<number>[],
  values: ArrayLike<number>,
  isCategory: readonly boolean[],
  hyperPrior: HyperPrior,
  { start, iterationsMax }: { readonly start: ArrayLike<number>; readonly iterationsMax: number },
): FittedPrior {
  const axisCount = isCategory.length
  const objective = minusLogPosterior(points, values, isCategory, hyperPrior)
  const { logLengthScale, logNoiseShare } = hyperPrior
  const beliefs = [...isCategory.map(() => logLengthScale), logNoiseShare]
  const box = { low: beliefs.map(({ min }) => min), high: beliefs.map(({ max }) => max) }
  const from = [...Array.from(start, (scale) => Math.log(scale)), logNoiseShare.mean]
  const best = minimize(objective.evaluate, from, box, { iterationsMax, tolerance: 1e-3 })
  const prior: GaussianPrior = {
    smoothness: hyperPrior.smoothness,
    isCategory,
    lengthScales: best.x.subarray(0, axisCount).map(Math.exp),
    noiseShare: Math.exp(best.x[axisCount]!),
    signalVariance: objective.signalVarianceAt(best.x),
  }
  return { prior, logPosterior: -best.value }
}

function minusLogPosterior(
  points: readonly ArrayLike<number>[],
  values: ArrayLike<number>,
  isCategory: readonly boolean[],
  { smoothness, logLengthScale, logNoiseShare, signalVariance }: HyperPrior,
): { readonly evaluate: Objective; signalVarianceAt(x: Float64Array): number } {
  const size = points.length
  const axisCount = isCategory.length
  const differences = squaredDifferences(points, isCategory)
  const inverseSquares = new Float64Array(axisCount)
  const slopes = new Float64Array((size * (size - 1)) / 2)
  const freedom = size / 2 + signalVariance.shape

  /** The factored correlations, weights of the values, and what is left of the sum of their squares. */
  const condition = (x: Float64Array) => {
    for (let axis = 0; axis < axisCount; axis++) inverseSquares[axis] = Math.exp(-2 * x[axis]!)
    const matrix = new Float64Array(size * size)
    for (let i = 0, pair = 0; i < size; i++) {
      for (let j = 0; j < i; j++, pair++) {
        let square = 0
        for (let axis = 0; axis < axisCount; axis++) square += differences[axis]![pair]! * inverseSquares[axis]!
        const distance = Math.sqrt(square)
        matrix[i * size + j] = matern(smoothness, distance)
        slopes[pair] = maternSlope(smoothness, distance)
      }
      matrix[i * size + i] = 1 + Math.exp(x[axisCount]!)
    }
    const cholesky = factor(matrix, size)
    if (cholesky === undefined) return undefined
    const weights = Float64Array.from(values)
    solveLower(cholesky, weights)
    let squares = 0
    for (const one of weights) squares += one * one
    solveUpper(cholesky, weights)
    return { cholesky, weights, squares }
  }

  const evaluate: Objective = (x, gradient) => {
    const conditioned = condition(x)
    if (conditioned === undefined) {
      gradient.fill(0)
      return Number.POSITIVE_INFINITY
    }
    const { cholesky, weights, squares } = conditioned
    let value = freedom * Math.log1p(squares / (2 * signalVariance.scale)) + logDeterminant(cholesky) / 2
    const inverse = invert(cholesky)
    const share = freedom / (squares + 2 * signalVariance.scale)
    gradient.fill(0)
    let trace = 0
    for (let i = 0, pair = 0; i < size; i++) {
      for (let j = 0; j < i; j++, pair++) {
        // Both halves of the matrix, and the half of the trace.
        const pull = (inverse[i * size + j]! - 2 * share * weights[i]! * weights[j]!) * slopes[pair]!
        for (let axis = 0; axis < axisCount; axis++)
          gradient[axis]! += pull * differences[axis]![pair]! * inverseSquares[axis]!
      }
      trace += inverse[i * size + i]! / 2 - share * weights[i]! ** 2
    }
    gradient[axisCount] = trace * Math.exp(x[axisCount]!)
    for (let i = 0; i <= axisCount; i++) {
      const { mean, deviation } = i < axisCount ? logLengthScale : logNoiseShare
      const away = (x[i]! - mean) / deviation
      value += (away * away) / 2
      gradient[i]! += away / deviation
    }
    return value
  }
  return {
    evaluate,
    signalVarianceAt: (x) => ((condition(x)?.squares ?? 0) + 2 * signalVariance.scale) / (2 * freedom),
  }
}

function squaredDifferences(points: readonly ArrayLike<number>[], isCategory: readonly boolean[]): Differences {
  const pairCount = (points.length * (points.length - 1)) / 2
  return isCategory.map((isOne, axis) => {
    const squares = new Float64Array(pairCount)
    for (let i = 0, pair = 0; i < points.length; i++) {
      for (let j = 0; j < i; j++, pair++) {
        const between = points[i]![axis]! - points[j]![axis]!
        squares[pair] = isOne ? Number(between !== 0) : between * between
      }
    }
    return squares
  })
}
