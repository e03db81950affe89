import type { MetricsLoggerOptions } from '../callbacks/callback-options.ts'
import { createTrainingEvents } from '../callbacks/training-events.ts'
import { describeEnvironment } from '../environment/engine.ts'
import { createMetricsObserver } from '../metrics-observer.ts'
import type { ReportProblem } from '../problems.ts'
import type { ModelLike } from '../tensorflow-like.ts'
import { nameResults } from './read-results.ts'

export interface BatchLogOptions {
  readonly model: ModelLike
  readonly report: ReportProblem
  readonly initialGlobalStep: number
}

/**
 * Logs the results of `trainOnBatch`, in the same rows as the batches of a `fit`: all of them, or every n-th where
 * `logFreq` says so. There are no epochs.
 */
export function createBatchLog(
  options: MetricsLoggerOptions,
  { model, report, initialGlobalStep }: BatchLogOptions,
): (result: unknown) => Promise<void> {
  const { logFreq = 'epoch' } = options
  const observer = createMetricsObserver(
    { ...options, model, logFreq: logFreq === 'epoch' ? 'batch' : logFreq },
    report,
  )
  const events = createTrainingEvents({ observers: [observer], report, initialGlobalStep })
  let hasBegun = false
  return async (result) => {
    const names = model.metricsNames ?? []
    if (!hasBegun) {
      hasBegun = true
      await events.trainBegin({ params: { metrics: names }, model, environment: describeEnvironment(undefined, model) })
    }
    await events.batchBegin(undefined)
    await events.batchEnd(nameResults(names, Array.isArray(result) ? result : [result]))
  }
}
