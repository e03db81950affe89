import { isPromise, messageOf, type Shadowing, shadowMethod } from '@lossline/core/adapter'
import type { SessionLike } from '../onnx-like.ts'
import { guard, type ReportProblem, toFailure } from '../problems.ts'
import { createCallReader, type ReadCall } from './call-reader.ts'
import type { SessionReport } from './session-report.ts'

/**
 * Stands in front of a session's `run`.
 *
 * @param ofNextCall - Where a call is reported; `undefined` for one that is not.
 */
export function observeCalls(
  session: SessionLike,
  ofNextCall: () => SessionReport | undefined,
  report: ReportProblem,
): Shadowing | undefined {
  const readCall = createCallReader(session)
  let callsUnderWay = 0
  // Calls that overlap share the time in which the session is busy: each has what passed since the one before it ended.
  let busyFromMs = 0
  return shadowMethod(session, 'run', 'onnx', (run) => {
    return function (...args) {
      const to = guard(report, ofNextCall)
      if (to === undefined) return Reflect.apply(run, this, args)
      const read = guard(report, () => readCall(args[0])) ?? unread
      const concurrentCalls = callsUnderWay
      callsUnderWay += 1
      const startedAtMs = performance.now()
      if (concurrentCalls === 0) busyFromMs = startedAtMs
      const end = (error: string | undefined): void => {
        const endedAtMs = performance.now()
        const busyMs = endedAtMs - busyFromMs
        busyFromMs = endedAtMs
        callsUnderWay -= 1
        try {
          to.add({ startedAtMs, endedAtMs, busyMs, read, concurrentCalls, error })
        } catch (cause) {
          report(toFailure(cause))
        }
      }
      const succeed = <Output>(output: Output): Output => {
        end(undefined)
        return output
      }
      const fail = (error: unknown): never => {
        end(messageOf(error))
        throw error
      }
      let result: unknown
      try {
        result = Reflect.apply(run, this, args)
      } catch (error) {
        return fail(error)
      }
      // A promise of our own, so that a rejection which nobody handles stays one.
      return isPromise(result) ? result.then(succeed, fail) : succeed(result)
    }
  })
}

const unread: ReadCall = { batchSize: 1, shapes: '' }
