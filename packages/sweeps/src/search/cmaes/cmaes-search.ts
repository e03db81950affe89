import { initialPoints, type ModelOptions, observeTrials } from '../model-search.ts'
import { createRandomSource, type RandomSource } from '../random-source.ts'
import type { Suggestion } from '../suggestion.ts'
import type { Trial } from '../trial.ts'
import { type Evolution, evolve, generationSize, startEvolution } from './evolution.ts'

const triesMax = 20

/**
 * Suggests what to try next by the evolution strategy CMA-ES. Runs that have ended make generations in their order, whoever has
 * suggested them; what is being tried belongs to none yet. Categories are ranges of an axis like all others, which suits two of them
 * better than twenty.
 *
 * @param count - How many suggestions, each by its own luck.
 */
export function suggestByCmaes(trials: readonly Trial[], count: number, options: ModelOptions): readonly Suggestion[] {
  const { space, seed } = options
  const { observed, pending } = observeTrials(trials, options)
  const { length: axisCount } = space.dimensions
  if (axisCount === 0) return initialPoints(trials, count, options)
  const size = generationSize(axisCount)
  let evolution = startEvolution(axisCount)
  for (let from = 0; from + size <= observed.length; from += size) {
    const sorted = observed.slice(from, from + size).sort((one, other) => one.value - other.value)
    evolution = evolve(
      evolution,
      sorted.map(({ point }) => point),
    )
  }
  const random = createRandomSource(seed + 1_000_003 * trials.length + pending.length)
  // A step's own spread keeps axes of few values from standing still.
  const spreadsMin = space.dimensions.map(({ valueCount }) => (valueCount === undefined ? 0 : 0.4 / valueCount))
  return Array.from({ length: count }, () => ({
    assignment: space.assignmentAt(space.snap(draw(evolution, spreadsMin, random))),
  }))
}

/** A point of the distribution within the cube; after some tries one that is moved into it. */
function draw(evolution: Evolution, spreadsMin: readonly number[], random: RandomSource): readonly number[] {
  const { mean, stepSize, covariance, factored } = evolution
  const size = mean.length
  for (let tries = 1; ; tries++) {
    const normals = Array.from(mean, () => random.normal())
    const point = Array.from(mean, (at, row) => {
      let step = 0
      for (let column = 0; column <= row; column++) step += factored.lower[row * size + column]! * normals[column]!
      const spread = stepSize * Math.sqrt(covariance[row * size + row]!)
      const missing = Math.sqrt(Math.max(0, spreadsMin[row]! ** 2 - spread ** 2))
      return at + stepSize * step + (missing > 0 ? missing * random.normal() : 0)
    })
    if (point.every((share) => share >= 0 && share <= 1)) return point
    if (tries === triesMax) return point.map((share) => Math.min(1, Math.max(0, share)))
  }
}
