import { checkOptions } from '@lossline/core/adapter'
import { createCallbacks, type WithTensorFlow } from '../callbacks/create-callbacks.ts'
import type { TrainingCallbacks } from '../callbacks/to-callbacks.ts'
import { createEvaluationObserver } from './evaluation-observer.ts'
import { type EvaluationTableOptions, evaluationTableOptionNames } from './evaluation-options.ts'

/**
 * Logs what a model says to the same examples after each epoch: once a table of the examples, with their images and labels
 * (`validation/examples`), and every epoch a table of the predictions (`validation/predictions`), whose rows have the same
 * `id`. What the model predicts is guessed from its output layer.
 *
 * @returns plain functions, or with `tf` an instance of `tf.Callback`, as {@link losslineCallback}.
 * @throws TfjsOptionError, InvalidOptionError when there is no such option, or it has a value that it cannot have.
 * @example callbacks: [metricsLogger({ run, model }), evaluationTable({ run, model, data: [xVal, yVal], classNames })]
 */
export function evaluationTable<Instance extends object>(
  options: EvaluationTableOptions & WithTensorFlow<Instance>,
): Instance
export function evaluationTable(options: EvaluationTableOptions): TrainingCallbacks
export function evaluationTable<Instance extends object>(
  options: EvaluationTableOptions & Partial<WithTensorFlow<Instance>>,
): Instance | TrainingCallbacks {
  checkOptions('evaluationTable', options, evaluationTableOptionNames)
  return createCallbacks(options, (report) => [createEvaluationObserver(options, report)])
}
