import { isPromise, type Shadowing, shadowMethod } from '@lossline/core/adapter'
import { guard, type ReportProblem } from '../problems.ts'
import type { ObservedCall } from './call-observer.ts'
import type { TokenCounter } from './token-counter.ts'

/** The label of what stands in front of `_call`, which copies of this package know each other by. */
export const callLabel = 'transformers'

/**
 * Stands in front of a pipeline's `_call`, which is what calling the pipeline calls.
 *
 * @param begin - Begins the observation of a call; `undefined` for one that is not observed.
 * @returns `undefined` when the pipeline cannot be changed, or is observed already.
 */
export function observeCalls(
  pipe: object,
  begin: (args: readonly unknown[]) => ObservedCall | undefined,
  tokens: TokenCounter,
  report: ReportProblem,
): Shadowing | undefined {
  return shadowMethod(pipe, '_call', callLabel, (original) => {
    return function (...args) {
      const call = guard(report, () => begin(args))
      if (call === undefined) return Reflect.apply(original, this, args)
      const succeed = <Output>(output: Output): Output => {
        guard(report, () => call.succeed(output))
        return output
      }
      const fail = (error: unknown): never => {
        guard(report, () => call.fail(error))
        throw error
      }
      let result: unknown
      try {
        // The pipeline refuses what is not of its own types.
        const started = tokens.during(() => Reflect.apply(original, this, call.args as never[]))
        call.inputTokens = started.tokenCount
        result = started.result
      } catch (error) {
        return fail(error)
      }
      // A promise of our own, so that a rejection which nobody handles stays one.
      return isPromise(result) ? result.then(succeed, fail) : succeed(result)
    }
  })
}
