import { keysOf } from '../keyboard/key-map.ts'
import { isApple, keyText } from '../keyboard/key-press.ts'
import { type ShortcutId, shortcutOf } from '../keyboard/registry.ts'
import { useServices } from '../services.ts'
import { useValue } from './use-store.ts'

/** The key of a shortcut as people read it; undefined when it has none, or when keys are switched off. */
export function useKeyText(id: ShortcutId): string | undefined {
  const { keys: store, embed } = useServices()
  const { choices, isEnabled } = useValue(store)
  const [first] = keysOf(shortcutOf(id), choices)
  if (first === undefined || embed || (!isEnabled && !first.startsWith('Mod+'))) return undefined
  return keyText(first, isApple())
}
