import { checkOptions } from '@lossline/core/adapter'
import { createCallbacks, type WithTensorFlow } from '../callbacks/create-callbacks.ts'
import { type TrainingCallbacks, withMethods } from '../callbacks/to-callbacks.ts'
import { type CheckpointMethods, createCheckpointObserver } from './checkpoint-observer.ts'
import { type ModelCheckpointOptions, modelCheckpointOptionNames } from './checkpoint-options.ts'

/**
 * Saves checkpoints of a model while it trains, as versions of an artifact: the best epoch, every n-th epoch or batch, and
 * the end. They go from memory to the run, on every backend, and `tf.loadLayersModel` loads what was downloaded.
 *
 * The best weights are kept in memory too; `restoreBest(model)` sets them.
 *
 * @returns plain functions, or with `tf` an instance of `tf.Callback`, as {@link losslineCallback}.
 * @throws TfjsOptionError, InvalidOptionError when there is no such option, or it has a value that it cannot have.
 * @example
 * const checkpoint = modelCheckpoint({ run, model, monitor: 'val_acc', keepBest: 3 })
 * await model.fit(x, y, { epochs: 20, validationSplit: 0.2, callbacks: [metricsLogger({ run, model }), checkpoint] })
 * await checkpoint.restoreBest(model)
 */
export function modelCheckpoint<Instance extends object>(
  options: ModelCheckpointOptions & WithTensorFlow<Instance>,
): Instance & CheckpointMethods
export function modelCheckpoint(options?: ModelCheckpointOptions): TrainingCallbacks & CheckpointMethods
export function modelCheckpoint<Instance extends object>(
  options: ModelCheckpointOptions & Partial<WithTensorFlow<Instance>> = {},
): (Instance | TrainingCallbacks) & CheckpointMethods {
  checkOptions('modelCheckpoint', options, modelCheckpointOptionNames)
  const { initialGlobalStep = options.resume?.globalStep } = options
  let methods: CheckpointMethods | undefined
  const callbacks = createCallbacks({ ...options, initialGlobalStep }, (report) => {
    const created = createCheckpointObserver(options, report)
    methods = created.methods
    return [created.observer]
  })
  return withMethods(callbacks, methods as CheckpointMethods)
}
