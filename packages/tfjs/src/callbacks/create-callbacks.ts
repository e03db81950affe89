import { createProblemReporter } from '@lossline/core/adapter'
import { TfjsOptionError } from '../errors.ts'
import type { ReportProblem, TfjsProblemCode } from '../problems.ts'
import type { TensorFlowLike } from '../tensorflow-like.ts'
import { type CommonOptions, checkRunAndModel, parseInitialGlobalStep } from './callback-options.ts'
import { type TrainingCallbacks, toCallbackInstance, toCallbackObject } from './to-callbacks.ts'
import { createTrainingEvents } from './training-events.ts'
import type { TrainingObserver } from './training-observer.ts'

/** With the imported module of TensorFlow.js, a callback is an instance of that module's `tf.Callback`. */
export interface WithTensorFlow<Instance extends object> {
  readonly tf: TensorFlowLike<Instance>
}

/**
 * Makes callbacks of observers: plain functions, or with `tf` an instance of its class.
 *
 * @throws {@link TfjsOptionError}
 */
export function createCallbacks<Instance extends object>(
  options: CommonOptions & Partial<WithTensorFlow<Instance>>,
  createObservers: (report: ReportProblem) => readonly TrainingObserver[],
): Instance | TrainingCallbacks {
  const { tf, model, onProblem } = options
  checkRunAndModel(options)
  const report = createProblemReporter<TfjsProblemCode>(onProblem)
  const initialGlobalStep = parseInitialGlobalStep(options.initialGlobalStep)
  const events = createTrainingEvents({ observers: createObservers(report), report, initialGlobalStep })
  if (tf === undefined) return toCallbackObject(events, model)
  if (typeof tf.Callback === 'function' && typeof tf.nextFrame === 'function') {
    return toCallbackInstance(tf, events, model)
  }
  throw new TfjsOptionError(
    'The option tf is not the module of TensorFlow.js.',
    "Pass what import * as tf from '@tensorflow/tfjs' gives.",
  )
}
