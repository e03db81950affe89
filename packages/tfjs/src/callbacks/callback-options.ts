import { TfjsOptionError } from '../errors.ts'
import type { TfjsProblem } from '../problems.ts'
import type { RunLike } from '../run-like.ts'
import type { ModelLike } from '../tensorflow-like.ts'

/** What to log, and where to. */
export interface MetricsLoggerOptions {
  /** The run that is logged to. Default: the active run when a training begins; without one nothing is logged. */
  readonly run?: RunLike | undefined
  /**
   * The model that trains: the source of the learning rate, the optimizer's settings, the summary and the number of
   * parameters. Default: with `tf`, what tfjs says; else these are not logged.
   */
  readonly model?: ModelLike | undefined
  /** `'epoch'`: once an epoch. `'batch'`: also every batch. A number n ≥ 1: also every n-th batch. Default: `'epoch'`. */
  readonly logFreq?: 'epoch' | 'batch' | number | undefined
  /** `batch/batch_step` of the first batch, for a training that goes on from an earlier one. Default: 0. */
  readonly initialGlobalStep?: number | undefined
  /** Text before every key, such as `'generator/'` when two models train in one run. Default: none. */
  readonly prefix?: string | undefined
  /** Gets each kind of problem once. Default: a line on `console.warn`. */
  readonly onProblem?: ((problem: TfjsProblem) => void) | undefined
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
