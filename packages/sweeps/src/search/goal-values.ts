import type { SweepMetric } from '../config/sweep-config.ts'
import type { Trial } from './trial.ts'

/** A run's values of the metric that are numbers, in logging order, turned so that smaller is better. */
export function goalHistory({ history }: Trial, { goal }: SweepMetric): readonly number[] {
  const finite = history.filter(Number.isFinite)
  return goal === 'maximize' ? finite.map((value) => -value) : finite
}

/** The best and the worst that a run has reached, its summary included, smaller being better; undefined if it has no number. */
export function goalExtremes(
  trial: Trial,
  metric: SweepMetric,
): { readonly best: number; readonly worst: number } | undefined {
  let best = Number.POSITIVE_INFINITY
  let worst = Number.NEGATIVE_INFINITY
  const sign = metric.goal === 'maximize' ? -1 : 1
  for (const value of trial.summary === undefined ? trial.history : [...trial.history, trial.summary]) {
    if (!Number.isFinite(value)) continue
    best = Math.min(best, sign * value)
    worst = Math.max(worst, sign * value)
  }
  return best > worst ? undefined : { best, worst }
}
