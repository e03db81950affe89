import type { OptionProblem } from '../options/check-options.ts'
import { describeValue } from '../values/describe-value.ts'
import { hasMethod } from '../values/duck-types.ts'

/**
 * What is wrong with what a program passes as a run.
 *
 * @returns `undefined` for a run of any copy of this package, and for none.
 */
export function findRunProblem(run: unknown): OptionProblem | undefined {
  if (run === undefined || hasMethod(run, 'log')) return undefined
  return { message: `The option run is ${describeValue(run)}, which is no run.`, hint: 'Pass what await init() gives.' }
}
