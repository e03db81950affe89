import { messageOf, type Problem, type ReportProblem as ReportProblemOf } from '@lossline/core/adapter'

/**
 * Something that keeps values from being logged. What is watched goes on in any case.
 *
 * - `transformers-no-run`: no run was given and none is active, or it has finished; nothing is logged.
 * - `transformers-run-failed`: `reportTo` is `'lossline'`, and no run could be started; nothing is logged.
 * - `transformers-already-reported`: the pipeline reports already; the options of the second call are not used.
 * - `transformers-row-failed`: a row of the table could not be made, `toRow` or `redact` threw; it is left out.
 * - `transformers-media-limit`: the table holds 64 MiB of images and sounds; rows after that have none.
 * - `transformers-model-files`: the files of the model could not be found or read; they are not described or logged.
 * - `transformers-observer-failed`: an unexpected error, in `cause`, was caught.
 */
export type TransformersProblemCode =
  | 'transformers-no-run'
  | 'transformers-run-failed'
  | 'transformers-already-reported'
  | 'transformers-row-failed'
  | 'transformers-media-limit'
  | 'transformers-model-files'
  | 'transformers-observer-failed'

/** A problem, said once for each code. */
export type TransformersProblem = Problem<TransformersProblemCode>

/** Tells the user of problems: the first of each code only. Never throws. */
export type ReportProblem = ReportProblemOf<TransformersProblemCode>

/** Does something that must not end the program that is watched, whatever happens. */
export function guard<Result>(report: ReportProblem, act: () => Result): Result | undefined {
  try {
    return act()
  } catch (cause) {
    report(toFailure(cause))
    return undefined
  }
}

/** The problem of an error that was not expected. */
export function toFailure(cause: unknown): TransformersProblem {
  return {
    code: 'transformers-observer-failed',
    message: `Something could not be logged: ${messageOf(cause)}`,
    hint: 'What is watched is not touched. If the run has not ended, please report this with its cause.',
    cause,
  }
}
