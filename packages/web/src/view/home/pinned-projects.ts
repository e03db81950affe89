import { createValueStore, type ValueStore } from '../address/value-store.ts'
import { readJson, writeJson } from '../browser/local-json.ts'

const storageKey = 'lossline-pinned-projects'

/** Addresses `entity/project` of the projects that somebody wants on top, remembered by the browser. */
export function createPinnedProjects(): ValueStore<readonly string[]> {
  const stored = readJson(storageKey)
  const known = Array.isArray(stored) ? stored.filter((one): one is string => typeof one === 'string') : []
  return createValueStore<readonly string[]>(known, (pinned) => writeJson(storageKey, pinned))
}

/** The list with an address put in or taken out. */
export function togglePinned(pinned: readonly string[], address: string): readonly string[] {
  return pinned.includes(address) ? pinned.filter((one) => one !== address) : [...pinned, address]
}
