import type { SweepConfig } from '../config/sweep-config.ts'
import type { Trial } from './trial.ts'

/**
 * Trials that lead to the same suggestions as the given ones and take little memory, to be sent elsewhere: of a configuration
 * the sweep's own parameters, of a history three values.
 */
export function condenseTrials({ parameters }: SweepConfig, trials: readonly Trial[]): readonly Trial[] {
  const names = [...parameters.keys()]
  return trials.map(({ state, config, history, summary, isStoppedEarly }) => ({
    state,
    config: Object.fromEntries(names.flatMap((name) => (Object.hasOwn(config, name) ? [[name, config[name]!]] : []))),
    history: condense(history),
    summary,
    ...(isStoppedEarly !== undefined && { isStoppedEarly }),
  }))
}

/** The smallest, the largest and the last number. */
function condense(history: readonly number[]): readonly number[] {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const value of history) {
    if (!Number.isFinite(value)) continue
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  const last = history.findLast(Number.isFinite)
  return last === undefined ? [] : [least, most, last]
}
