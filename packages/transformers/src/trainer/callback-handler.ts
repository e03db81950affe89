import type { ControlResult, TrainerCallback, TrainerContext, TrainerEvent } from './trainer-callback.ts'
import type { TrainerControl } from './trainer-state.ts'

/** Calls callbacks in their order. */
export interface CallbackHandler {
  /** Tells all of an event, one after the other; each sees what the ones before made of the control. */
  fire(event: TrainerEvent, context: TrainerContext, more?: object): Promise<void>
  /** Adds one, unless it is there already. */
  add(callback: TrainerCallback): void
  /** States of the callbacks that have one, by name. */
  saveStates(): Record<string, unknown>
  loadStates(states: Readonly<Record<string, unknown>>): void
}

/** Makes the handler of one trainer. */
export function createCallbackHandler(initial: readonly TrainerCallback[]): CallbackHandler {
  const callbacks = [...initial]
  const stateful = () => callbacks.filter(({ name, saveState }) => name !== undefined && saveState !== undefined)
  return {
    async fire(event, context, more = {}) {
      for (const callback of callbacks) {
        const handler = callback[event] as ((context: TrainerContext) => ControlResult) | undefined
        if (handler === undefined) continue
        const returned = await Reflect.apply(handler, callback, [{ ...context, ...more }])
        // The control is one object that all share, so that what a callback keeps of it stays true.
        if (isControl(returned)) Object.assign(context.control, returned)
      }
    },
    add(callback) {
      if (!callbacks.includes(callback)) callbacks.push(callback)
    },
    saveStates: () => Object.fromEntries(stateful().map((callback) => [callback.name, callback.saveState?.()])),
    loadStates(states) {
      for (const callback of stateful()) {
        if (callback.name !== undefined && callback.name in states) callback.loadState?.(states[callback.name])
      }
    },
  }
}

function isControl(value: unknown): value is TrainerControl {
  return typeof value === 'object' && value !== null && 'shouldTrainingStop' in value
}
