import { checkOptions } from '@lossline/core/adapter'
import { type MetricsLoggerOptions, metricsOptionNames } from './callbacks/callback-options.ts'
import { createCallbacks, type WithTensorFlow } from './callbacks/create-callbacks.ts'
import type { TrainingCallbacks } from './callbacks/to-callbacks.ts'
import { createMetricsObserver } from './metrics-observer.ts'

/**
 * The part of {@link losslineCallback} that logs metrics and the config, in the same two shapes.
 *
 * @throws TfjsOptionError, InvalidOptionError when there is no such option, or it has a value that it cannot have.
 * @example callbacks: [metricsLogger({ run, logFreq: 10 }), { onEpochEnd: () => drawSamples() }]
 */
export function metricsLogger<Instance extends object>(
  options: MetricsLoggerOptions & WithTensorFlow<Instance>,
): Instance
export function metricsLogger(options?: MetricsLoggerOptions): TrainingCallbacks
export function metricsLogger<Instance extends object>(
  options: MetricsLoggerOptions & Partial<WithTensorFlow<Instance>> = {},
): Instance | TrainingCallbacks {
  checkOptions('metricsLogger', options, metricsOptionNames)
  return createCallbacks(options, (report) => [createMetricsObserver(options, report)])
}
