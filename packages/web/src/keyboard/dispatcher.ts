import { createValueStore, type ValueStore } from '../view/address/value-store.ts'
import { findShortcut } from './key-map.ts'
import { isApple, keyName } from './key-press.ts'
import type { KeySettings } from './key-store.ts'
import type { Shortcut, ShortcutId } from './registry.ts'

/** Does what a shortcut is for. Returning false leaves the key to whoever registered before, and at last to the browser. */
export type ShortcutHandler = () => unknown

/** Gives key presses to whoever registered for their shortcut, the last one first. */
export interface ShortcutDispatcher {
  register(id: ShortcutId, handler: ShortcutHandler): () => void
  /** Ids that do something on the page as it is. */
  activeIds(): readonly ShortcutId[]
  /** Does what the shortcut is for, as if its key were pressed. */
  run(id: ShortcutId): void
  /** The first keys of a sequence that waits for the others; empty most of the time. */
  readonly pending: ValueStore<string>
}

/** A sequence whose next key does not come within this time is forgotten. */
const sequenceMs = 1500

/**
 * Listens to the document's keys.
 *
 * @param options.isOff - Keys belong to the page around this one.
 */
export function createShortcutDispatcher(
  settings: ValueStore<KeySettings>,
  options: { readonly isOff: boolean },
): ShortcutDispatcher {
  const handlers = new Map<ShortcutId, ShortcutHandler[]>()
  const pending = createValueStore('')
  let timer: ReturnType<typeof setTimeout> | undefined
  const wait = (keys: string): void => {
    clearTimeout(timer)
    pending.set(keys)
    if (keys !== '') timer = setTimeout(() => pending.set(''), sequenceMs)
  }
  const act = (id: ShortcutId): boolean =>
    handlers
      .get(id)
      ?.toReversed()
      .some((handler) => handler() !== false) ?? false

  document.addEventListener('keydown', (event) => {
    if (options.isOff || event.defaultPrevented || event.isComposing) return
    const name = keyName(event, isApple())
    if (name === undefined) return
    const begun = pending.get()
    wait('')
    const { isEnabled, choices } = settings.get()
    const meant = begun === '' ? undefined : findShortcut(`${begun} ${name}`, choices)
    const { shortcut, isBeginning } = meant?.shortcut ? meant : findShortcut(name, choices)
    if (!isMeantForPage(event, name, shortcut, isEnabled)) return
    if (isBeginning) return wait(name)
    if (shortcut && act(shortcut.id)) event.preventDefault()
  })
  return {
    register(id, handler) {
      handlers.set(id, [...(handlers.get(id) ?? []), handler])
      return () => handlers.set(id, handlers.get(id)?.filter((other) => other !== handler) ?? [])
    },
    activeIds: () => [...handlers].filter(([, list]) => list.length > 0).map(([id]) => id),
    run: (id) => void act(id),
    pending,
  }
}

/** Keys belong to text fields while typing, to an open dialog or menu, and Enter and Space to the control that has the focus. */
function isMeantForPage(
  { target }: KeyboardEvent,
  name: string,
  shortcut: Shortcut | undefined,
  isEnabled: boolean,
): boolean {
  if (document.querySelector('dialog[open]')) return false
  if (shortcut?.id === 'escape') return document.querySelector(':popover-open') === null
  if (!isEnabled && !name.startsWith('Mod+')) return false
  if (!(target instanceof HTMLElement)) return true
  if (isTextField(target)) return shortcut?.isForFieldsToo === true
  if (name === 'Enter' && target.matches('a')) return false
  return (name !== 'Enter' && name !== 'Space') || !target.matches('button, summary, input, select, [role="button"]')
}

function isTextField(element: HTMLElement): boolean {
  if (element.isContentEditable || element.matches('textarea, select')) return true
  if (!(element instanceof HTMLInputElement)) return false
  return !['checkbox', 'radio', 'button', 'range'].includes(element.type)
}
