import {
  checkOptions,
  createProblemReporter,
  describeValue,
  hasMethod,
  type OptionNames,
  type Shadowing,
  shadowMethod,
} from '@lossline/core/adapter'
import { checkRunAndModel, parseInitialGlobalStep } from '../callbacks/callback-options.ts'
import { toCallbackObject } from '../callbacks/to-callbacks.ts'
import { createTrainingEvents } from '../callbacks/training-events.ts'
import type { CheckpointMethods } from '../checkpoint/checkpoint-observer.ts'
import { TfjsOptionError } from '../errors.ts'
import { createObservers, type LosslineCallbackOptions, losslineOptionNames } from '../observers.ts'
import { type TfjsProblemCode, toFailure } from '../problems.ts'
import type { ModelLike } from '../tensorflow-like.ts'
import { createBatchLog } from './batch-log.ts'
import { createCallLog } from './call-log.ts'
import { nameResults, readScalars } from './read-results.ts'
import { wrapFit } from './wrap-fit.ts'
import { type Method, wrapAsyncMethod, wrapMethod, wrapPredict } from './wrap-method.ts'

/** What to log of a model: what {@link losslineCallback} takes, except for the model and `tf`. */
export interface TrackModelOptions extends Omit<LosslineCallbackOptions, 'model'> {
  /** Whether calls of `predict` are logged too, with their latency. Default: false. */
  readonly predict?: boolean | undefined
}

/** A model that is tracked. */
export interface TrackedModel extends CheckpointMethods {
  /** Takes the tracking away again. Safe to call twice. */
  undo(): void
}

const { model: _model, tf: _tf, ...sharedOptionNames } = losslineOptionNames
const trackModelOptionNames: OptionNames<TrackModelOptions> = { ...sharedOptionNames, predict: true }

const tracked = new WeakMap<object, TrackedModel>()

/**
 * Logs all that is done with a model from now on: `fit` and `fitDataset` as {@link losslineCallback} does, without passing
 * it as a callback; `evaluate` and `evaluateDataset` under `evaluate/…`; `trainOnBatch` under `batch/…`; and errors, which
 * set `tfjs/error` in the summary and are thrown on as they are.
 *
 * The model stays the same object, its methods return what they did, and callbacks of both shapes may be mixed. Tracking a
 * model again changes nothing.
 *
 * @returns what undoes it, and restores the best weights.
 * @throws TfjsOptionError, InvalidOptionError when there is no such option, or it has a value that it cannot have.
 * @example
 * trackModel(model, { run, checkpoint: true })
 * await model.fit(x, y, { epochs: 5, callbacks: tf.callbacks.earlyStopping() })
 * model.evaluate(xTest, yTest)
 */
export function trackModel(model: ModelLike, options: TrackModelOptions = {}): TrackedModel {
  if (!hasMethod(model, 'fit')) {
    throw new TfjsOptionError(
      `trackModel was given ${describeValue(model)}, not a layers model.`,
      'Pass what tf.sequential() or await tf.loadLayersModel() gives.',
    )
  }
  checkOptions('trackModel', options, trackModelOptionNames)
  checkRunAndModel(options)
  const known = tracked.get(model)
  if (known !== undefined) return known
  const { predict = false, ...callbackOptions } = options
  const report = createProblemReporter<TfjsProblemCode>(options.onProblem)
  const { observers, methods } = createObservers({ ...callbackOptions, model }, report)
  const initialGlobalStep = parseInitialGlobalStep(options.initialGlobalStep ?? options.resume?.globalStep)
  const events = createTrainingEvents({ observers, report, initialGlobalStep })
  const ours = toCallbackObject(events, model)
  const calls = createCallLog(options, report)

  const shadow = (name: string, wrap: (original: Method) => Method): Shadowing | undefined =>
    shadowMethod(model, name, 'lossline-tfjs', wrap)
  const fitWith = (name: string, argsIndex: number) => (fit: Method) =>
    wrapFit(fit, { name, argsIndex, ours, events, calls, report })
  const logBatch = createBatchLog(callbackOptions, { model, report, initialGlobalStep })
  const logEvaluation = (result: unknown): void => {
    const failed = (cause: unknown) => report(toFailure('Reading of an evaluation', cause))
    const log = (values: readonly number[]) => calls.log('evaluate', nameResults(model.metricsNames ?? [], values))
    try {
      const values = readScalars(result)
      if (values instanceof Promise) values.then(log).catch(failed)
      else log(values)
    } catch (cause) {
      failed(cause)
    }
  }
  const shadows = [
    shadow('fit', fitWith('fit', 2)),
    shadow('fitDataset', fitWith('fitDataset', 1)),
    shadow('evaluate', (evaluate) => wrapMethod(evaluate, { name: 'evaluate', calls }, logEvaluation)),
    shadow('evaluateDataset', (evaluate) =>
      wrapAsyncMethod(evaluate, { name: 'evaluateDataset', calls }, logEvaluation),
    ),
    shadow('trainOnBatch', (train) => wrapAsyncMethod(train, { name: 'trainOnBatch', calls }, logBatch)),
    predict ? shadow('predict', (original) => wrapPredict(original, calls)) : undefined,
  ]
  const result: TrackedModel = {
    ...methods,
    undo() {
      for (const shadowing of shadows) shadowing?.undo()
      // A later tracking is not this one's to forget.
      if (tracked.get(model) === result) tracked.delete(model)
    },
  }
  tracked.set(model, result)
  return result
}
