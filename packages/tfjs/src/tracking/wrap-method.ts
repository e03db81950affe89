import type { CallLog } from './call-log.ts'
import { isOwnCall } from './own-call.ts'

export type Method = (this: unknown, ...args: never[]) => unknown

interface WrapOptions {
  /** What the method is called when it fails. */
  readonly name: string
  readonly calls: CallLog
}

/**
 * A method that returns at once.
 *
 * @param take - Gets what the method has returned, which stays the caller's. Never throws.
 */
export function wrapMethod(original: Method, { name, calls }: WrapOptions, take: (result: unknown) => void): Method {
  return function (this: unknown, ...args) {
    let result: unknown
    try {
      result = Reflect.apply(original, this, args)
    } catch (error) {
      calls.fail(name, error)
      throw error
    }
    take(result)
    return result
  }
}

/** The same for a method that returns a promise. */
export function wrapAsyncMethod(
  original: Method,
  { name, calls }: WrapOptions,
  take: (result: unknown) => void | Promise<void>,
): Method {
  return async function (this: unknown, ...args) {
    let result: unknown
    try {
      result = await Reflect.apply(original, this, args)
    } catch (error) {
      calls.fail(name, error)
      throw error
    }
    await take(result)
    return result
  }
}

/** `predict`, which returns at once; on a GPU before it has computed. */
export function wrapPredict(predict: Method, calls: CallLog): Method {
  let begunAtMs = 0
  const timed: Method = function (this: unknown, ...args) {
    begunAtMs = performance.now()
    return Reflect.apply(predict, this, args)
  }
  const logged = wrapMethod(timed, { name: 'predict', calls }, (result) => {
    const latencyMs = performance.now() - begunAtMs
    const size = batchSizeOf(Array.isArray(result) ? result[0] : result)
    calls.log('predict', { latency_ms: latencyMs, ...(size === undefined ? {} : { batch_size: size }) })
  })
  return function (this: unknown, ...args) {
    return Reflect.apply(isOwnCall() ? predict : logged, this, args)
  }
}

function batchSizeOf(output: unknown): number | undefined {
  const shape: unknown = typeof output === 'object' && output !== null ? Reflect.get(output, 'shape') : undefined
  const size: unknown = Array.isArray(shape) ? shape[0] : undefined
  return typeof size === 'number' ? size : undefined
}
