import { checkOptions } from '@lossline/core/adapter'
import { createCallbacks, type WithTensorFlow } from '../callbacks/create-callbacks.ts'
import type { TrainingCallbacks } from '../callbacks/to-callbacks.ts'
import { type ModelHistogramsOptions, modelHistogramsOptionNames } from './histogram-options.ts'
import { createHistogramsObserver } from './histograms-observer.ts'

/**
 * Logs histograms of the weights after each epoch, and of the gradients with their norms every 100 batches, in the names of
 * `wandb.watch`: `parameters/<weight>`, `gradients/<weight>`, `gradient_norm/<weight>`, `gradient_norm/global`.
 *
 * Gradients are read at once, which makes a GPU wait: there, look at few steps.
 *
 * @returns plain functions, or with `tf` an instance of `tf.Callback`, as {@link losslineCallback}.
 * @throws TfjsOptionError, InvalidOptionError when there is no such option, or it has a value that it cannot have.
 * @example callbacks: [metricsLogger({ run, model }), modelHistograms({ run, model, gradientsEverySteps: 10 })]
 */
export function modelHistograms<Instance extends object>(
  options: ModelHistogramsOptions & WithTensorFlow<Instance>,
): Instance
export function modelHistograms(options?: ModelHistogramsOptions): TrainingCallbacks
export function modelHistograms<Instance extends object>(
  options: ModelHistogramsOptions & Partial<WithTensorFlow<Instance>> = {},
): Instance | TrainingCallbacks {
  checkOptions('modelHistograms', options, modelHistogramsOptionNames)
  return createCallbacks(options, (report) => [createHistogramsObserver(options, report)])
}
