import type { SweepConfig } from '../config/sweep-config.ts'
import { suggestByBayes } from './bayes/bayes-search.ts'
import { readImputation } from './bayes/observations.ts'
import { suggestByCmaes } from './cmaes/cmaes-search.ts'
import { createGrid } from './grid-search.ts'
import { createRandomSource } from './random-source.ts'
import { createSearchSpace } from './search-space.ts'
import type { Suggestion } from './suggestion.ts'
import { suggestByTpe } from './tpe/tpe-search.ts'
import type { Trial } from './trial.ts'

const searches = { gp: suggestByBayes, tpe: suggestByTpe, cmaes: suggestByCmaes }

/**
 * What a sweep tries next, by the method of its configuration.
 *
 * @param trials - All runs of the sweep, prior ones too, whatever became of them. Of a grid they are the points that are taken.
 * @param options.count - How many suggestions: each takes those before it into account. Default: 1.
 * @param options.seed - The same trials and seed lead to the same suggestions.
 * @returns fewer than `count` once a grid has no more points; none for the method `custom`, where somebody else suggests
 */
export function suggest(
  config: SweepConfig,
  trials: readonly Trial[],
  { count = 1, seed }: { readonly count?: number; readonly seed: number },
): readonly Suggestion[] {
  switch (config.method) {
    case 'custom':
      return []
    case 'grid': {
      const grid = createGrid(config.parameters)
      const taken = trials.map((trial) => trial.config)
      return grid.freePlaces(taken, count).map((place) => ({ assignment: grid.assignmentAt(place) }))
    }
    case 'random': {
      const space = createSearchSpace(config.parameters)
      const random = createRandomSource(seed + trials.length)
      return Array.from({ length: count }, () => ({
        assignment: space.assignmentAt(space.dimensions.map(() => random.uniform())),
      }))
    }
    case 'bayes': {
      const { metric } = config
      // The configuration is refused without one.
      if (metric === undefined) return []
      const source = config.source.get('metric')
      return searches[config.sampler](trials, count, {
        space: createSearchSpace(config.parameters),
        metric,
        impute: readImputation(source, 'impute'),
        imputeWhileRunning: readImputation(source, 'impute_while_running'),
        seed,
      })
    }
  }
}
