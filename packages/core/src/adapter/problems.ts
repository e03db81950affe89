import { joinHint } from '@lossline/protocol'
/** Something that keeps an adapter from logging, or changes what it logs. The program that is watched goes on in any case. */
export interface Problem<Code extends string = string> {
  /** Stable; listed in the adapter's README. */
  readonly code: Code
  readonly message: string
  /** What to do about it. */
  readonly hint: string
  readonly cause?: unknown
}

/** Tells the user of problems: the first of each code only. Never throws. */
export type ReportProblem<Code extends string = string> = (problem: Problem<Code>) => void

/**
 * Makes the reporter of one adapter in use: of one callback, one pipeline, one session.
 *
 * @param tell - Gets the problems. Default: a line on `console.warn`.
 */
export function createProblemReporter<Code extends string>(
  tell: (problem: Problem<Code>) => void = warn,
): ReportProblem<Code> {
  const said = new Set<Code>()
  return (problem) => {
    if (said.has(problem.code)) return
    said.add(problem.code)
    try {
      tell(problem)
    } catch {
      // There is nobody left to tell, and an error here would end the program that is watched.
    }
  }
}

function warn({ message, hint }: Problem): void {
  console.warn(`lossline: ${joinHint(message, hint)}`)
}

/** What an error says, whatever was thrown: for the message of a problem. */
export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
