import { createValueStore, type ValueStore } from '../address/value-store.ts'
import { readJson, writeJson } from '../browser/local-json.ts'

/** How the pages of a project stand at the left edge: as signs, with their names, or not at all. */
export type RailState = 'signs' | 'names' | 'hidden'

const storageKey = 'lossline-rail-pinned'

/** The state that this browser keeps. On narrow screens the pages are a bar at the bottom whatever it is. */
export function createRailStore(): ValueStore<RailState> {
  return createValueStore(parseRailState(readJson(storageKey)), (state) => writeJson(storageKey, state))
}

/** What was kept; signs for anything else. True is what was kept of names before the pages could be hidden. */
export function parseRailState(kept: unknown): RailState {
  if (kept === true) return 'names'
  return kept === 'names' || kept === 'hidden' ? kept : 'signs'
}
