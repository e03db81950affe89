import { createValueStore, type ValueStore } from '../address/value-store.ts'
import { readJson, writeJson } from '../browser/local-json.ts'

/** What somebody is told with the first charts, in this order. */
export const hintIds = ['eye', 'smoothing', 'share'] as const
export type HintId = (typeof hintIds)[number]

/** Hints for whoever came from the page that waits for a first run; each goes away for good. */
export interface HintStore extends Pick<ValueStore<readonly HintId[]>, 'get' | 'subscribe'> {
  /** From now on they are shown, unless this has been said before. */
  begin(): void
  dismiss(id: HintId): void
}

const storageKey = 'lossline-hints'

/** Remembers in the browser which hints are left. */
export function createHintStore(): HintStore {
  const stored = readJson(storageKey)
  let isBegun = Array.isArray(stored)
  const known = Array.isArray(stored) ? hintIds.filter((id) => stored.includes(id)) : []
  const left = createValueStore<readonly HintId[]>(known, (ids) => writeJson(storageKey, ids))
  return {
    get: left.get,
    subscribe: left.subscribe,
    begin: () => {
      if (!isBegun) left.set(hintIds)
      isBegun = true
    },
    dismiss: (id) => left.set(left.get().filter((one) => one !== id)),
  }
}
