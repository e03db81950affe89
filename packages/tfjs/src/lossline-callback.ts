import { checkOptions } from '@lossline/core/adapter'
import { createCallbacks, type WithTensorFlow } from './callbacks/create-callbacks.ts'
import { type TrainingCallbacks, withMethods } from './callbacks/to-callbacks.ts'
import type { CheckpointMethods } from './checkpoint/checkpoint-observer.ts'
import { createObservers, type LosslineCallbackOptions, losslineOptionNames } from './observers.ts'

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
  const { initialGlobalStep = options.resume?.globalStep } = options
  let methods: CheckpointMethods | undefined
  const callbacks = createCallbacks({ ...options, initialGlobalStep }, (report) => {
    const created = createObservers(options, report)
    methods = created.methods
    return created.observers
  })
  return withMethods(callbacks, methods as CheckpointMethods)
}

// Given to fit without a call, the function itself is what tfjs asks for handlers.
Object.defineProperty(losslineCallback, 'onTrainBegin', {
  value: () => {
    console.warn(
      'lossline: losslineCallback was passed to fit without being called, so nothing is logged. ' +
        'Call it: callbacks: losslineCallback({ run, model }).',
    )
  },
})
