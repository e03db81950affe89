import { giveTurn } from '@lossline/core/adapter'

/** Handlers of a training by name, such as `onEpochEnd`; others than functions are left alone. */
type Handlers = Readonly<Record<string, unknown>>

const yieldIntervalMs = 100

/**
 * Makes a member of an array of instances out of a plain object, without tfjs's class: tfjs calls all of these methods, and
 * checks only the first member of the array.
 *
 * It yields to the event loop about every 100 ms, since tfjs does not where callbacks are instances.
 */
export function toListMember(handlers: Handlers): object {
  let yieldedAtMs = performance.now()
  const member = {
    params: undefined as unknown,
    model: undefined as unknown,
    validationData: null,
    setParams(params: unknown) {
      member.params = params
    },
    setModel(model: unknown) {
      member.model = model
    },
    onTrainBegin(...args: unknown[]) {
      yieldedAtMs = performance.now()
      return call('onTrainBegin', args)
    },
    onTrainEnd: (...args: unknown[]) => call('onTrainEnd', args),
    onEpochBegin: (...args: unknown[]) => call('onEpochBegin', args),
    onEpochEnd: (...args: unknown[]) => call('onEpochEnd', args),
    onBatchBegin: (...args: unknown[]) => call('onBatchBegin', args),
    async onBatchEnd(...args: unknown[]) {
      await call('onBatchEnd', args)
      if (performance.now() - yieldedAtMs < yieldIntervalMs) return
      await giveTurn()
      yieldedAtMs = performance.now()
    },
  }
  async function call(name: string, args: readonly unknown[]): Promise<void> {
    const handler = handlers[name]
    if (typeof handler === 'function') await Reflect.apply(handler, member, args)
  }
  return member
}
