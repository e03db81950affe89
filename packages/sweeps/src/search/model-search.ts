import type { SweepMetric } from '../config/sweep-config.ts'
import { type Imputation, type Observations, observe } from './bayes/observations.ts'
import { quasiRandomPoints } from './quasi-random.ts'
import { createRandomSource } from './random-source.ts'
import type { SearchSpace } from './search-space.ts'
import type { Suggestion } from './suggestion.ts'
import type { Trial } from './trial.ts'

/** Where a search that learns from runs looks, what for, and how it counts runs without a value. */
export interface ModelOptions {
  readonly space: SearchSpace
  readonly metric: SweepMetric
  /** Default: `worst`. */
  readonly impute?: Imputation | undefined
  /** Default: of runs that go on only the point is known. */
  readonly imputeWhileRunning?: Imputation | undefined
  /** The same trials and seed lead to the same suggestions. */
  readonly seed: number
}

/** What runs say, by the options of a search. */
export function observeTrials(trials: readonly Trial[], options: ModelOptions): Observations {
  const { space, metric, impute = 'worst', imputeWhileRunning } = options
  return observe(trials, space, metric, { impute, imputeWhileRunning })
}

/** Points that fill the space evenly, going on where earlier runs have left off: for as long as too little is known. */
export function initialPoints(
  trials: readonly Trial[],
  count: number,
  { space, seed }: ModelOptions,
): readonly Suggestion[] {
  const random = createRandomSource(seed)
  const points = quasiRandomPoints(space.dimensions.length, count, { random, skip: trials.length })
  return points.map((point) => ({ assignment: space.assignmentAt(point) }))
}
