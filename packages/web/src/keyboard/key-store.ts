import { createValueStore, type ValueStore } from '../view/address/value-store.ts'
import { readJson, writeJson } from '../view/browser/local-json.ts'
import type { KeyChoices } from './key-map.ts'
import { shortcuts } from './registry.ts'

/** How somebody wants to use the keyboard; remembered by the browser. */
export interface KeySettings {
  /** False: keys without Ctrl or the command key do nothing, for people who dictate. */
  readonly isEnabled: boolean
  readonly choices: KeyChoices
}

const storageKey = 'lossline-shortcuts'

/** The settings of this browser. */
export function createKeyStore(): ValueStore<KeySettings> {
  return createValueStore(parseKeySettings(readJson(storageKey)), (settings) => writeJson(storageKey, settings))
}

/** Settings from what a browser has kept; what does not fit is left out. */
export function parseKeySettings(stored: unknown): KeySettings {
  if (typeof stored !== 'object' || stored === null) return { isEnabled: true, choices: {} }
  const { isEnabled, choices } = stored as { readonly isEnabled?: unknown; readonly choices?: unknown }
  const given = Object.entries(typeof choices === 'object' && choices !== null ? choices : {})
  const ids = new Set<string>(shortcuts.map(({ id }) => id))
  const isKeys = (keys: unknown): boolean => Array.isArray(keys) && keys.every((key) => typeof key === 'string')
  const known = given.filter(([id, keys]) => ids.has(id) && isKeys(keys))
  return { isEnabled: isEnabled !== false, choices: Object.fromEntries(known) as KeyChoices }
}
