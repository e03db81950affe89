import { type Cholesky, factor, solveLower } from '../bayes/cholesky.ts'

/** Where a search by evolution is: a normal distribution, and how it has moved. */
export interface Evolution {
  readonly mean: Float64Array
  readonly stepSize: number
  /** Row by row. */
  readonly covariance: Float64Array
  readonly factored: Cholesky
  readonly stepPath: Float64Array
  readonly covariancePath: Float64Array
}

/** How many points make a generation, by default (Hansen, table 1). */
export function generationSize(axisCount: number): number {
  return 4 + Math.floor(3 * Math.log(axisCount))
}

/** The middle of the cube, and steps that reach most of it. */
export function startEvolution(axisCount: number): Evolution {
  const covariance = new Float64Array(axisCount * axisCount)
  for (let i = 0; i < axisCount; i++) covariance[i * axisCount + i] = 1
  return {
    mean: new Float64Array(axisCount).fill(0.5),
    stepSize: 0.25,
    covariance,
    factored: factor(covariance.slice(), axisCount)!,
    stepPath: new Float64Array(axisCount),
    covariancePath: new Float64Array(axisCount),
  }
}

/**
 * A generation further: Hansen, "The CMA evolution strategy: a tutorial" (2016), equations 37 to 47, with positive weights, and with
 * the factor of Cholesky in place of the root of the covariance (Krause et al., 2016). Points may come from elsewhere: those too far
 * away are drawn nearer (Hansen, "Injecting external solutions into CMA-ES", 2011).
 *
 * @param sorted - Points of a generation, best first.
 */
export function evolve(evolution: Evolution, sorted: readonly ArrayLike<number>[]): Evolution {
  const { mean, stepSize, factored } = evolution
  const size = mean.length
  const { weights, mass } = weightsOf(sorted.length)
  const c1 = 2 / ((size + 1.3) ** 2 + mass)
  const cMean = Math.min(1 - c1, (2 * (mass - 2 + 1 / mass)) / ((size + 2) ** 2 + mass))
  const cStep = (mass + 2) / (size + mass + 5)
  const cPath = (4 + mass / size) / (size + 4 + (2 * mass) / size)
  const damping = 1 + 2 * Math.max(0, Math.sqrt((mass - 1) / (size + 1)) - 1) + cStep
  const expected = Math.sqrt(size) * (1 - 1 / (4 * size) + 1 / (21 * size * size))

  const lengthMax = Math.sqrt(size) + (2 * size) / (size + 2)
  const steps = weights.map((_, i) => {
    const step = mean.map((at, axis) => (sorted[i]![axis]! - at) / stepSize)
    const shrink = Math.min(1, lengthMax / (lengthOf(whiten(factored, step)) || 1))
    return step.map((one) => one * shrink)
  })
  const move = mean.map((_, axis) => weights.reduce((sum, weight, i) => sum + weight * steps[i]![axis]!, 0))
  const white = whiten(factored, move)
  const stepPath = evolution.stepPath.map(
    (one, axis) => (1 - cStep) * one + Math.sqrt(cStep * (2 - cStep) * mass) * white[axis]!,
  )
  const isSteady = lengthOf(stepPath) < (1.4 + 2 / (size + 1)) * expected * Math.sqrt(1 - (1 - cStep) ** 2)
  const covariancePath = evolution.covariancePath.map(
    (one, axis) => (1 - cPath) * one + (isSteady ? Math.sqrt(cPath * (2 - cPath) * mass) * move[axis]! : 0),
  )
  const kept = 1 - c1 - cMean + (isSteady ? 0 : c1 * cPath * (2 - cPath))
  const covariance = evolution.covariance.map((one, at) => {
    const [row, column] = [Math.floor(at / size), at % size]
    const ofSteps = weights.reduce((sum, weight, i) => sum + weight * steps[i]![row]! * steps[i]![column]!, 0)
    return kept * one + c1 * covariancePath[row]! * covariancePath[column]! + cMean * ofSteps
  })
  const change = Math.exp(Math.min(1, (cStep / damping) * (lengthOf(stepPath) / expected - 1)))
  const next = factor(covariance.slice(), size)
  return {
    mean: mean.map((at, axis) => at + stepSize * move[axis]!),
    stepSize: Math.min(1, Math.max(1e-9, stepSize * change)),
    // What rounding has spoilt stays as it was.
    covariance: next === undefined ? evolution.covariance : covariance,
    factored: next ?? factored,
    stepPath,
    covariancePath,
  }
}

/** The better half, by the logarithm of the rank. */
function weightsOf(count: number): { readonly weights: readonly number[]; readonly mass: number } {
  const raw = Array.from({ length: count >> 1 }, (_, i) => Math.log((count + 1) / 2) - Math.log(i + 1))
  const sum = raw.reduce((total, one) => total + one, 0)
  const weights = raw.map((one) => one / sum)
  return { weights, mass: 1 / weights.reduce((total, one) => total + one * one, 0) }
}

function whiten(factored: Cholesky, step: Float64Array): Float64Array {
  const white = step.slice()
  solveLower(factored, white)
  return white
}

function lengthOf(vector: Float64Array): number {
  return Math.hypot(...vector)
}
