import { checkOptions, type OptionNames } from '@lossline/core/adapter'
import { type MetricsLoggerOptions, metricsOptionNames } from './callbacks/callback-options.ts'
import { createCallbacks, type WithTensorFlow } from './callbacks/create-callbacks.ts'
import { type TrainingCallbacks, withMethods } from './callbacks/to-callbacks.ts'
import type { TrainingObserver } from './callbacks/training-observer.ts'
import { type CheckpointMethods, createCheckpointObserver } from './checkpoint/checkpoint-observer.ts'
import { type CheckpointOptions, checkpointOptionNames } from './checkpoint/checkpoint-options.ts'
import type { CheckpointState } from './checkpoint/checkpoint-state.ts'
import { createMetricsObserver } from './metrics-observer.ts'

/** What to log, and where to. All of it is optional. */
export interface LosslineCallbackOptions extends MetricsLoggerOptions {
  /** Saves checkpoints of the model: `true` the best epoch and the end, or what `modelCheckpoint` takes. Default: none. */
  readonly checkpoint?: boolean | CheckpointOptions | undefined
  /**
   * State of the checkpoint that the training goes on from, as `loadCheckpoint` gives it: batches are counted on, and only
   * what is better than its best value counts as best. `fit` needs its `initialEpoch`.
   */
  readonly resume?: CheckpointState | undefined
}

const losslineOptionNames: OptionNames<LosslineCallbackOptions> & { readonly tf: true } = {
  ...metricsOptionNames,
  checkpoint: true,
  resume: true,
}

/**
 * Callbacks that log a training to a run: metrics, learning rate, and a description of model and training in the config;
 * on request checkpoints, tables of predictions, and histograms. They never throw while a model trains, change none of its
 * results, and keep no tensor.
 *
 * Without `tf` these are plain functions for `fit({ callbacks })`; TensorFlow.js accepts them in an array with other
 * plain objects, such as those of tfjs-vis. With `tf` it is an instance of `tf.Callback`, for an array with other
 * instances, such as `tf.callbacks.earlyStopping()`. An array must not mix the two.
 *
 * @throws TfjsOptionError, InvalidOptionError when there is no such option, or it has a value that it cannot have.
 * @example await model.fit(x, y, { epochs: 5, callbacks: losslineCallback({ run, model, checkpoint: true }) })
 * @example callbacks: [losslineCallback({ run, tf }), tf.callbacks.earlyStopping({ monitor: 'val_loss' })]
 */
export function losslineCallback<Instance extends object>(
  options: LosslineCallbackOptions & WithTensorFlow<Instance>,
): Instance & CheckpointMethods
export function losslineCallback(options?: LosslineCallbackOptions): TrainingCallbacks & CheckpointMethods
export function losslineCallback<Instance extends object>(
  options: LosslineCallbackOptions & Partial<WithTensorFlow<Instance>> = {},
): (Instance | TrainingCallbacks) & CheckpointMethods {
  checkOptions('losslineCallback', options, losslineOptionNames)
  const { checkpoint = false, resume, initialGlobalStep = resume?.globalStep, ...common } = options
  let methods: CheckpointMethods = { restoreBest: async () => undefined, settled: async () => {} }
  const callbacks = createCallbacks({ ...common, initialGlobalStep }, (report) => {
    const observers: TrainingObserver[] = [createMetricsObserver(common, report)]
    if (checkpoint !== false) {
      const checkpointOptions = checkpoint === true ? {} : checkpoint
      checkOptions('losslineCallback', checkpointOptions, checkpointOptionNames)
      const created = createCheckpointObserver({ ...common, resume, ...checkpointOptions }, report)
      observers.push(created.observer)
      methods = created.methods
    }
    return observers
  })
  return withMethods(callbacks, methods)
}
