import type { SweepConfig } from '../config/sweep-config.ts'
import { goalExtremes } from './goal-values.ts'
import type { Trial } from './trial.ts'

/** Whether a run has come to the value of the metric that is good enough: then a sweep has ended. */
export function hasReachedTarget({ metric }: SweepConfig, trials: readonly Trial[]): boolean {
  if (metric?.target === undefined) return false
  const target = metric.goal === 'maximize' ? -metric.target : metric.target
  return trials.some((trial) => {
    const best = goalExtremes(trial, metric)?.best
    return best !== undefined && best <= target
  })
}
