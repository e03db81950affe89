import type { MetricsLoggerOptions } from './callbacks/callback-options.ts'
import { type TrainingCallbacks, toCallbackInstance, toCallbackObject } from './callbacks/to-callbacks.ts'
import { createTrainingEvents } from './callbacks/training-events.ts'
import type { TrainingObserver } from './callbacks/training-observer.ts'
import { TfjsOptionError } from './errors.ts'
import { createMetricsObserver } from './metrics-observer.ts'
import { createProblemReporter, type ReportProblem } from './problems.ts'
import type { TensorFlowLike } from './tensorflow-like.ts'

/** What to log, and where to. All of it is optional. */
export interface LosslineCallbackOptions extends MetricsLoggerOptions {}

/** With the imported module of TensorFlow.js, a callback is an instance of that module's `tf.Callback`. */
export interface WithTensorFlow<Instance extends object> {
  readonly tf: TensorFlowLike<Instance>
}

/**
 * Callbacks that log a training to a run: metrics, learning rate, and a description of model and training in the config.
 * They never throw while a model trains, change none of its results, and keep no tensor.
 *
 * Without `tf` these are plain functions for `fit({ callbacks })`; TensorFlow.js accepts them in an array with other
 * plain objects, such as those of tfjs-vis. With `tf` it is an instance of `tf.Callback`, for an array with other
 * instances, such as `tf.callbacks.earlyStopping()`. An array must not mix the two.
 *
 * @throws TfjsOptionError when an option has a value that it cannot have.
 * @example await model.fit(x, y, { epochs: 5, callbacks: losslineCallback({ run, model, logFreq: 'batch' }) })
 * @example callbacks: [losslineCallback({ run, tf }), tf.callbacks.earlyStopping({ monitor: 'val_loss' })]
 */
export function losslineCallback<Instance extends object>(
  options: LosslineCallbackOptions & WithTensorFlow<Instance>,
): Instance
export function losslineCallback(options?: LosslineCallbackOptions): TrainingCallbacks
export function losslineCallback<Instance extends object>(
  options: LosslineCallbackOptions & Partial<WithTensorFlow<Instance>> = {},
): Instance | TrainingCallbacks {
  return toCallbacks(options, (report) => [createMetricsObserver(options, report)])
}

/**
 * The part of {@link losslineCallback} that logs metrics and the config, in the same two shapes.
 *
 * @throws TfjsOptionError when an option has a value that it cannot have.
 * @example callbacks: [metricsLogger({ run, logFreq: 10 }), { onEpochEnd: () => drawSamples() }]
 */
export function metricsLogger<Instance extends object>(
  options: MetricsLoggerOptions & WithTensorFlow<Instance>,
): Instance
export function metricsLogger(options?: MetricsLoggerOptions): TrainingCallbacks
export function metricsLogger<Instance extends object>(
  options: MetricsLoggerOptions & Partial<WithTensorFlow<Instance>> = {},
): Instance | TrainingCallbacks {
  return toCallbacks(options, (report) => [createMetricsObserver(options, report)])
}

function toCallbacks<Instance extends object>(
  options: MetricsLoggerOptions & Partial<WithTensorFlow<Instance>>,
  createObservers: (report: ReportProblem) => readonly TrainingObserver[],
): Instance | TrainingCallbacks {
  const { tf, model, onProblem } = options
  const report = createProblemReporter(onProblem)
  const events = createTrainingEvents(createObservers(report), report)
  if (tf === undefined) return toCallbackObject(events, model)
  if (typeof tf.Callback === 'function' && typeof tf.nextFrame === 'function') {
    return toCallbackInstance(tf, events, model)
  }
  throw new TfjsOptionError(
    'The option tf is not the module of TensorFlow.js.',
    "Pass what import * as tf from '@tensorflow/tfjs' gives.",
  )
}
