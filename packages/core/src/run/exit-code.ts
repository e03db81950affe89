import type { OptionProblem } from '../options/check-options.ts'
import { describeValue } from '../values/describe-value.ts'

/** The exit code of a run that failed, when nothing says more. */
export const failedExitCode = 1

/** What is wrong with an exit code that a program gave; undefined when it is one. */
export function findExitCodeProblem(exitCode: unknown): OptionProblem | undefined {
  if (typeof exitCode === 'number' && Number.isInteger(exitCode) && exitCode >= -128 && exitCode <= 255)
    return undefined
  const given = typeof exitCode === 'bigint' ? `${exitCode}n` : describeValue(exitCode)
  return {
    message: `exitCode is a whole number from 0 to 255, not ${given}; the run counts as failed, with ${failedExitCode}.`,
    hint: 'Pass 0 for success and 1 for failure.',
  }
}

/** An exit code as the parent of the process sees it: -1 is 255. */
export function toSeenExitCode(exitCode: number): number {
  return exitCode & 0xff
}
