import type { TrainingCallbacks } from '../callbacks/to-callbacks.ts'
import type { TrainingEvents } from '../callbacks/training-events.ts'
import type { ReportProblem } from '../problems.ts'
import type { CallLog } from './call-log.ts'
import { joinCallbacks } from './join-callbacks.ts'
import type { Method } from './wrap-method.ts'

export interface WrapFitOptions {
  /** `fit` or `fitDataset`. */
  readonly name: string
  /** Which argument holds the callbacks. */
  readonly argsIndex: number
  readonly ours: TrainingCallbacks
  readonly events: TrainingEvents
  readonly calls: CallLog
  readonly report: ReportProblem
}

/** A method that trains, with our callbacks beside those that a program passes, and with what fails noted. */
export function wrapFit(fit: Method, { name, argsIndex, ours, events, calls, report }: WrapFitOptions): Method {
  return async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    let hasBegun = false
    const own: TrainingCallbacks = {
      ...ours,
      onTrainBegin() {
        hasBegun = true
        return Reflect.apply(ours.onTrainBegin, this, [])
      },
    }
    try {
      const join = (given: unknown) => joinCallbacks(given, own, report)
      return await Reflect.apply(fit, this, withCallbacks(args, { name, argsIndex }, join))
    } catch (error) {
      // One that tfjs refused, because another goes on, ends nothing.
      if (hasBegun) await events.trainError()
      calls.fail(name, error)
      throw error
    }
  }
}

/** The arguments of `fit`, with other callbacks in a copy of its options. What is no such options is tfjs's to refuse. */
function withCallbacks(
  args: readonly unknown[],
  { name, argsIndex }: Pick<WrapFitOptions, 'name' | 'argsIndex'>,
  join: (given: unknown) => readonly object[],
): readonly unknown[] {
  const isLeftOut = args[argsIndex] === undefined && name === 'fit'
  const options: unknown = isLeftOut ? {} : args[argsIndex]
  if (typeof options !== 'object' || options === null) return args
  const { callbacks }: { readonly callbacks?: unknown } = options
  const changed = args.slice()
  changed[argsIndex] = { ...options, callbacks: join(callbacks) }
  return changed
}
