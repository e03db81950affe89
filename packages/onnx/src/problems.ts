import { messageOf, type Problem, type ReportProblem as ReportProblemOf } from '@lossline/core/adapter'

/**
 * Something that keeps values from being logged. What is watched goes on in any case.
 *
 * - `onnx-no-run`: no run was given and none is active, or it has finished; nothing is logged.
 * - `onnx-already-tracked`: the session is tracked already; the options of the second call are not used.
 * - `onnx-model-not-logged`: the file of the model could not be read or logged.
 * - `onnx-profile-failed`: the profile could not be read or logged.
 * - `onnx-observer-failed`: an unexpected error, in `cause`, was caught.
 */
export type OnnxProblemCode =
  | 'onnx-no-run'
  | 'onnx-already-tracked'
  | 'onnx-model-not-logged'
  | 'onnx-profile-failed'
  | 'onnx-observer-failed'

/** A problem, said once for each code. */
export type OnnxProblem = Problem<OnnxProblemCode>

/** Tells the user of problems: the first of each code only. Never throws. */
export type ReportProblem = ReportProblemOf<OnnxProblemCode>

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
export function toFailure(cause: unknown): OnnxProblem {
  return {
    code: 'onnx-observer-failed',
    message: `Something could not be logged: ${messageOf(cause)}`,
    hint: 'What is watched is not touched. If the run has not ended, please report this with its cause.',
    cause,
  }
}
