import { joinHint } from '@lossline/protocol'
import { findOptionProblem, type OptionNames } from '../options/check-options.ts'
import { failedExitCode, findExitCodeProblem, toSeenExitCode } from './exit-code.ts'
import type { FinishOptions, LogOptions } from './run.ts'

const logOptionNames: OptionNames<LogOptions> = { step: true, commit: true }
const finishOptionNames: OptionNames<FinishOptions> = { exitCode: true, quiet: true }

/** Reads the options of calls that are made while a model trains, or after it, and so do not throw for a mistyped name. */
export interface CallOptions {
  /** The options of `log`. A bare number is taken as the step, which it is in W&B's client. */
  ofLog(options: LogOptions | undefined): LogOptions
  ofFinish(options: FinishOptions | undefined): FinishOptions
}

/** A program that makes a name of every step must not fill the memory, or the terminal. */
const saidCountMax = 20

/** @param warn - Told what is wrong, each thing once, and at most 20 things. */
export function createCallOptions(warn: (line: string) => void): CallOptions {
  const said = new Set<string>()
  const warnOnce = (line: string): void => {
    if (said.has(line) || said.size >= saidCountMax) return
    said.add(line)
    warn(line)
  }

  function read<Options extends object>(
    call: string,
    options: unknown,
    names: OptionNames<Options>,
  ): Options | Record<string, never> {
    const problem = findOptionProblem(options, names)
    if (problem !== undefined) warnOnce(joinHint(`${call}: ${problem.message}`, problem.hint))
    // Known options count, whatever else there is; a list, a text or the like holds none.
    return typeof options === 'object' && options !== null ? (options as Options) : {}
  }

  return {
    ofLog(options: unknown) {
      if (typeof options !== 'number') return read<LogOptions>('log', options, logOptionNames)
      warnOnce('log: the step is an option; the number is taken as that. Call run.log(metrics, { step }).')
      return { step: options }
    },
    ofFinish(options: unknown) {
      const { exitCode, quiet } = read<FinishOptions>('finish', options, finishOptionNames)
      if (exitCode === undefined || exitCode === null) return { quiet }
      const problem = findExitCodeProblem(exitCode)
      if (problem === undefined) return { exitCode: toSeenExitCode(exitCode), quiet }
      warnOnce(joinHint(`finish: ${problem.message}`, problem.hint))
      return { exitCode: failedExitCode, quiet }
    },
  }
}
