import { messageOf, type Problem } from '@lossline/core/adapter'

/**
 * Something that keeps values from being logged, or changes them. Training goes on in any case.
 *
 * - `tfjs-no-run`: no run was given and none is active; nothing is logged.
 * - `tfjs-no-model`: what was asked for needs the option `model`.
 * - `tfjs-shifted-validation`: tfjs gave the `val_*` values of several outputs under wrong names; they were put right.
 * - `tfjs-unreadable-value`: a value of the logs is neither a number nor a scalar tensor and was left out.
 * - `tfjs-monitor-missing`: the metric that decides which checkpoint is the best is not among an epoch's values.
 * - `tfjs-training-config`: tfjs cannot save all of optimizer, loss and metrics; the weights are saved.
 * - `tfjs-checkpoint-failed`: a checkpoint could not be written.
 * - `tfjs-checkpoints-kept`: older checkpoints could not be deleted.
 * - `tfjs-unknown-task`: nothing tells what the model predicts; the values of its output are shown as they are.
 * - `tfjs-class-names`: there are more or fewer names than the model has classes.
 * - `tfjs-mixed-callbacks`: instances and plain objects in one array of callbacks, which tfjs does not take; they were put right.
 * - `tfjs-gradients-unreadable`: the gradients of a step could not be read.
 * - `tfjs-other-model`: no weight of the given model changes, so it is not the one that trains.
 * - `tfjs-callback-failed`: an unexpected error, in `cause`, was caught.
 */
export type TfjsProblemCode =
  | 'tfjs-no-run'
  | 'tfjs-no-model'
  | 'tfjs-shifted-validation'
  | 'tfjs-unreadable-value'
  | 'tfjs-monitor-missing'
  | 'tfjs-training-config'
  | 'tfjs-checkpoint-failed'
  | 'tfjs-checkpoints-kept'
  | 'tfjs-unknown-task'
  | 'tfjs-class-names'
  | 'tfjs-mixed-callbacks'
  | 'tfjs-gradients-unreadable'
  | 'tfjs-other-model'
  | 'tfjs-callback-failed'

/** A problem, said once for each code. */
export type TfjsProblem = Problem<TfjsProblemCode>

/** Tells the user of problems: the first of each code only. Never throws. */
export type ReportProblem = (problem: TfjsProblem) => void

/** The problem of an error that was not expected. */
export function toFailure(what: string, cause: unknown): TfjsProblem {
  return {
    code: 'tfjs-callback-failed',
    message: `${what} failed: ${messageOf(cause)}`,
    hint: 'Training goes on; what was logged before is kept.',
    cause,
  }
}

/** Says that something needs the model that trains. */
export function noModel(what: string): TfjsProblem {
  return {
    code: 'tfjs-no-model',
    message: `${what} needs the model that trains, and it was not given.`,
    hint: 'Pass it: losslineCallback({ run, model }).',
  }
}

export const noRun: TfjsProblem = {
  code: 'tfjs-no-run',
  message: 'No run is active, so this training is not logged.',
  hint: 'Call await init() before fit(), or pass the run: losslineCallback({ run }).',
}
