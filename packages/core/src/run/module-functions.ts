import type { DefineMetricOptions } from '../metrics/metric-definition.ts'
import { activeRun, activeRunOrThrow } from './active-runs.ts'
import type { FinishOptions, LogOptions, Metrics } from './run.ts'

/**
 * {@link Run.log} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export function log(metrics: Metrics, options?: LogOptions): void {
  activeRunOrThrow('log').log(metrics, options)
}

/**
 * {@link Run.defineMetric} of the active run.
 *
 * @throws {@link NoActiveRunError} when there is none.
 */
export function defineMetric(name: string, options?: DefineMetricOptions): void {
  activeRunOrThrow('defineMetric').defineMetric(name, options)
}

/** {@link Run.finish} of the active run. Does nothing when there is none. */
export async function finish(options?: FinishOptions): Promise<void> {
  await activeRun()?.finish(options)
}
