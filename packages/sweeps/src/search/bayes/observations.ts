import { type ConfigValue, isConfigMap } from '../../config/config-value.ts'
import type { SweepMetric } from '../../config/sweep-config.ts'
import { goalExtremes, goalHistory } from '../goal-values.ts'
import type { SearchSpace } from '../search-space.ts'
import type { Trial } from '../trial.ts'

/** How values are made up for runs that have none; W&B's `impute`. */
export type Imputation = 'worst' | 'best' | 'latest'

/** What the configuration of a metric says of it; undefined if nothing, or nothing that W&B knows. */
export function readImputation(metric: ConfigValue | undefined, key: string): Imputation | undefined {
  const value = isConfigMap(metric) ? metric.get(key) : undefined
  return value === 'worst' || value === 'best' || value === 'latest' ? value : undefined
}

/** What is known of a sweep: points with a value, smaller being better, and points that are being tried. */
export interface Observations {
  readonly observed: readonly { readonly point: readonly number[]; readonly value: number }[]
  readonly pending: readonly (readonly number[])[]
}

/**
 * What runs say. One that has ended without a value, or was ended, gets a made-up one; one that was stopped for doing badly counts
 * with what it has reached. Runs at no point of the space say nothing.
 *
 * @param imputeWhileRunning - Undefined: of a run that goes on only the point is known.
 */
export function observe(
  trials: readonly Trial[],
  space: SearchSpace,
  metric: SweepMetric,
  { impute, imputeWhileRunning }: { readonly impute: Imputation; readonly imputeWhileRunning: Imputation | undefined },
): Observations {
  const worst = worstOf(trials, metric)
  const resultOf = (trial: Trial, how: Imputation | undefined): number => {
    const best = goalExtremes(trial, metric)?.best
    switch (how) {
      case undefined:
        return best ?? worst
      case 'worst':
        return worst
      case 'best':
        return best ?? 0
      case 'latest':
        return goalHistory(trial, metric).at(-1) ?? 0
    }
  }
  const observed: { readonly point: readonly number[]; readonly value: number }[] = []
  const pending: (readonly number[])[] = []
  for (const trial of trials) {
    const point = space.pointOf(trial.config)
    if (point === undefined) continue
    const hasValue = goalExtremes(trial, metric) !== undefined
    switch (trial.state) {
      case 'finished':
        observed.push({ point, value: resultOf(trial, hasValue ? undefined : impute) })
        break
      case 'failed':
      case 'crashed':
      case 'killed':
        observed.push({ point, value: resultOf(trial, hasValue && trial.isStoppedEarly ? undefined : impute) })
        break
      case 'running':
        if (imputeWhileRunning === undefined) pending.push(point)
        else observed.push({ point, value: resultOf(trial, hasValue ? undefined : imputeWhileRunning) })
        break
      case 'pending':
      case 'preempting':
      case 'preempted':
        pending.push(point)
        break
    }
  }
  return { observed, pending }
}

/** The worst that any run has reached that has ended; 0 if none has a value, as in W&B's. */
function worstOf(trials: readonly Trial[], metric: SweepMetric): number {
  let worst = Number.NEGATIVE_INFINITY
  for (const trial of trials) {
    const hasEnded =
      trial.state === 'finished' || trial.state === 'failed' || trial.state === 'crashed' || trial.state === 'killed'
    if (hasEnded) worst = Math.max(worst, goalExtremes(trial, metric)?.worst ?? worst)
  }
  return worst === Number.NEGATIVE_INFINITY ? 0 : worst
}
