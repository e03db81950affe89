import { activeRun, init, LosslineError } from '@lossline/core'
import { messageOf } from '@lossline/core/adapter'
import type { ReportProblem } from '../problems.ts'
import type { ModelRun } from './run-like.ts'

// Several that ask at the same time get one run.
let starting: Promise<ModelRun> | undefined

/**
 * What `'lossline'` stands for: the active run, or a new one with the settings of the environment, which the caller finishes.
 *
 * @returns `undefined` where none can be started, which is told.
 */
export async function activeOrNewRun(report: ReportProblem, name?: string): Promise<ModelRun | undefined> {
  try {
    const active = activeRun()
    if (active !== undefined) return active
    starting ??= init(name === undefined ? {} : { name }).finally(() => {
      starting = undefined
    })
    return await starting
  } catch (cause) {
    report({
      code: 'transformers-run-failed',
      message: `No run could be started, so nothing is logged: ${messageOf(cause)}`,
      hint: hintOf(cause) ?? "Pass a run of your own as reportTo, or 'none'.",
      cause,
    })
    return undefined
  }
}

/** Errors of Lossline say what to do. */
function hintOf(cause: unknown): string | undefined {
  return cause instanceof LosslineError ? cause.hint : undefined
}
