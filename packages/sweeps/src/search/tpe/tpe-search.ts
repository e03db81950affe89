import { initialPoints, type ModelOptions, observeTrials } from '../model-search.ts'
import { createRandomSource } from '../random-source.ts'
import type { Suggestion } from '../suggestion.ts'
import type { Trial } from '../trial.ts'
import { createParzenEstimator } from './parzen-estimator.ts'

const initialCount = 10
const candidateCount = 48
/** The better tenth counts as good, but no more points than these; as Optuna has it. */
const goodShare = 0.1
const goodCountMax = 25

/**
 * Suggests what to try next by tree-structured Parzen estimators (Bergstra et al., 2011): of candidates from where the good points
 * are, the one where good points are densest in relation to the others. What is being tried counts among the others.
 *
 * @param count - How many suggestions, each as if those before it were being tried.
 */
export function suggestByTpe(trials: readonly Trial[], count: number, options: ModelOptions): readonly Suggestion[] {
  const { space, seed } = options
  const { observed, pending } = observeTrials(trials, options)
  if (observed.length < initialCount || space.dimensions.length === 0) return initialPoints(trials, count, options)
  const random = createRandomSource(seed + 1_000_003 * trials.length)
  const sorted = observed.toSorted((one, other) => one.value - other.value).map(({ point }) => point)
  const goodCount = Math.min(goodCountMax, Math.ceil(goodShare * sorted.length))
  const good = createParzenEstimator(space.dimensions, sorted.slice(0, goodCount))
  const others = [...sorted.slice(goodCount), ...pending]
  return Array.from({ length: count }, () => {
    const rest = createParzenEstimator(space.dimensions, others)
    let best: readonly number[] = []
    let highest = Number.NEGATIVE_INFINITY
    for (let i = 0; i < candidateCount; i++) {
      const point = space.snap(good.sample(random))
      const ratio = good.logDensity(point) - rest.logDensity(point)
      if (ratio > highest) [highest, best] = [ratio, point]
    }
    others.push(best)
    return { assignment: space.assignmentAt(best) }
  })
}
