/**
 * Something that keeps values from being logged, or changes them. Training goes on in any case.
 *
 * - `tfjs-no-run`: no run was given and none is active; nothing is logged.
 * - `tfjs-shifted-validation`: tfjs gave the `val_*` values of several outputs under wrong names; they were put right.
 * - `tfjs-unreadable-value`: a value of the logs is neither a number nor a scalar tensor and was left out.
 * - `tfjs-callback-failed`: an unexpected error, in `cause`, was caught.
 */
export type TfjsProblemCode =
  | 'tfjs-no-run'
  | 'tfjs-shifted-validation'
  | 'tfjs-unreadable-value'
  | 'tfjs-callback-failed'

/** A problem, said once for each code. */
export interface TfjsProblem {
  readonly code: TfjsProblemCode
  readonly message: string
  /** What to do about it. */
  readonly hint: string
  readonly cause?: unknown
}

/** Tells the user of problems: the first of each code only. Never throws. */
export type ReportProblem = (problem: TfjsProblem) => void

/**
 * Makes the reporter of one callback.
 *
 * @param tell - Gets the problems. Default: a line on `console.warn`.
 */
export function createProblemReporter(tell: (problem: TfjsProblem) => void = warn): ReportProblem {
  const said = new Set<TfjsProblemCode>()
  return (problem) => {
    if (said.has(problem.code)) return
    said.add(problem.code)
    try {
      tell(problem)
    } catch {
      // There is nobody left to tell, and an error here would end the training.
    }
  }
}

function warn({ message, hint }: TfjsProblem): void {
  console.warn(`lossline: ${message} ${hint}`)
}
