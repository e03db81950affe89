import { findShortcut, type ShortcutId } from './registry.ts'

/** Does what a shortcut is for. Returning false lets the key do what it usually does. */
export type ShortcutHandler = (event: KeyboardEvent) => unknown

/** Gives key presses to whoever registered last for their shortcut. */
export interface ShortcutDispatcher {
  register(id: ShortcutId, handler: ShortcutHandler): () => void
  /** Ids that do something on the page as it is. */
  activeIds(): readonly ShortcutId[]
  isEnabled(): boolean
  /** Single keys can be switched off, for people who dictate. Remembered by the browser. */
  setEnabled(isEnabled: boolean): void
}

const storageKey = 'lossline-shortcuts'

/** Listens to the document's keys. */
export function createShortcutDispatcher(): ShortcutDispatcher {
  const handlers = new Map<ShortcutId, ShortcutHandler[]>()
  let isEnabled = readEnabled()
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return
    const shortcut = findShortcut(event)
    if (!shortcut || (shortcut.id !== 'escape' && (!isEnabled || isBusy(event)))) return
    const handler = handlers.get(shortcut.id)?.at(-1)
    if (handler && handler(event) !== false) event.preventDefault()
  })
  return {
    register(id, handler) {
      handlers.set(id, [...(handlers.get(id) ?? []), handler])
      return () => handlers.set(id, handlers.get(id)?.filter((other) => other !== handler) ?? [])
    },
    activeIds: () => [...handlers].filter(([, list]) => list.length > 0).map(([id]) => id),
    isEnabled: () => isEnabled,
    setEnabled(next) {
      isEnabled = next
      try {
        localStorage.setItem(storageKey, next ? 'on' : 'off')
      } catch {
        // Lasts as long as the tab then.
      }
    },
  }
}

/** Keys belong to text fields while typing, to an open dialog, and Enter to the control that has the focus. */
function isBusy({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (document.querySelector('dialog[open]')) return true
  if (target.isContentEditable || target.matches('textarea, select')) return true
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'range'].includes(target.type)
  return key === 'Enter' && target.matches('button, a, summary, [role="button"]')
}

function readEnabled(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off'
  } catch {
    return true
  }
}
