import { describeValue, findRunProblem, isPromise, type OptionNames } from '@lossline/core/adapter'
import { TfjsOptionError } from '../errors.ts'
import type { TfjsProblem } from '../problems.ts'
import type { RunLike } from '../run-like.ts'
import type { ModelLike } from '../tensorflow-like.ts'

/** What all callbacks of this package take. */
export interface CommonOptions {
  /** The run that is logged to. Default: the active run when a training begins; without one nothing is logged. */
  readonly run?: RunLike | undefined
  /**
   * The model that trains: the source of the learning rate, the optimizer's settings, the summary and the number of
   * parameters, and what checkpoints, tables and histograms are made of. Default: with `tf`, what tfjs says.
   */
  readonly model?: ModelLike | undefined
  /** `batch/batch_step` of the first batch, for a training that goes on from an earlier one. Default: 0. */
  readonly initialGlobalStep?: number | undefined
  /** Text before every key, such as `'generator/'` when two models train in one run. Default: none. */
  readonly prefix?: string | undefined
  /** Gets each kind of problem once. Default: a line on `console.warn`. */
  readonly onProblem?: ((problem: TfjsProblem) => void) | undefined
}

/** What to log of metrics, and where to. */
export interface MetricsLoggerOptions extends CommonOptions {
  /** `'epoch'`: once an epoch. `'batch'`: also every batch. A number n ≥ 1: also every n-th batch. Default: `'epoch'`. */
  readonly logFreq?: 'epoch' | 'batch' | number | undefined
}

export const commonOptionNames: OptionNames<CommonOptions> & { readonly tf: true } = {
  run: true,
  model: true,
  initialGlobalStep: true,
  prefix: true,
  onProblem: true,
  tf: true,
}

export const metricsOptionNames: OptionNames<MetricsLoggerOptions> & { readonly tf: true } = {
  ...commonOptionNames,
  logFreq: true,
}

/** Refuses a run and a model that are none. @throws {@link TfjsOptionError} */
export function checkRunAndModel({ run, model }: Pick<CommonOptions, 'run' | 'model'>): void {
  const problem = findRunProblem(run)
  if (problem !== undefined) throw new TfjsOptionError(problem.message, problem.hint)
  if (model === undefined) return
  if (typeof model !== 'object' || model === null || isPromise(model)) {
    throw new TfjsOptionError(`The option model is ${describeValue(model)}.`, 'Pass the model that trains.')
  }
}

/**
 * Batches from one logged batch to the next; `undefined` when batches are not logged.
 *
 * @throws {@link TfjsOptionError}
 */
export function parseLogFreq(logFreq: MetricsLoggerOptions['logFreq'] = 'epoch'): number | undefined {
  if (logFreq === 'epoch') return undefined
  if (logFreq === 'batch') return 1
  if (Number.isSafeInteger(logFreq) && logFreq >= 1) return logFreq
  throw new TfjsOptionError(
    `The option logFreq is ${JSON.stringify(logFreq)}.`,
    "Pass 'epoch', 'batch', or a number of batches from 1 on.",
  )
}

/** @throws {@link TfjsOptionError} */
export function parseInitialGlobalStep(step: number = 0): number {
  if (Number.isSafeInteger(step) && step >= 0) return step
  throw new TfjsOptionError(`The option initialGlobalStep is ${JSON.stringify(step)}.`, 'Pass an integer from 0 on.')
}

/**
 * A count from 1 on, such as of epochs; `undefined` stays.
 *
 * @throws {@link TfjsOptionError}
 */
export function parseCount(name: string, count: number | undefined): number | undefined {
  if (count === undefined || (Number.isSafeInteger(count) && count >= 1)) return count
  throw new TfjsOptionError(`The option ${name} is ${JSON.stringify(count)}.`, 'Pass a whole number from 1 on.')
}
