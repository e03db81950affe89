import { describe } from '../errors.ts'
import type { OptionProblem } from '../options/check-options.ts'

/**
 * What is wrong with what a program passes as a run.
 *
 * @returns `undefined` for a run of any copy of this package, and for none.
 */
export function findRunProblem(run: unknown): OptionProblem | undefined {
  if (run === undefined || hasMethod(run, 'log')) return undefined
  if (isPromise(run)) return { message: 'The option run is a promise.', hint: 'Await it: const run = await init().' }
  return { message: `The option run is ${describe(run)}, which is no run.`, hint: 'Pass what await init() gives.' }
}

/** Whether something is still to be awaited: what adapters are given too early most often. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return hasMethod(value, 'then')
}

/** Whether something has a method of a name; functions have too. */
export function hasMethod(value: unknown, name: string): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
  return typeof Reflect.get(value, name) === 'function'
}
