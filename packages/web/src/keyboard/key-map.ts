import { type Shortcut, type ShortcutId, shortcuts } from './registry.ts'

/** Keys that somebody has chosen instead of the registry's; an empty list takes the key away. */
export type KeyChoices = Readonly<Partial<Record<ShortcutId, readonly string[]>>>

/** The keys of a shortcut for somebody with these choices. */
export function keysOf(shortcut: Shortcut, choices: KeyChoices): readonly string[] {
  return choices[shortcut.id] ?? shortcut.keys
}

/** What keys pressed so far mean. */
export interface KeyMeaning {
  readonly shortcut: Shortcut | undefined
  /** More may follow: the keys begin a sequence. */
  readonly isBeginning: boolean
}

/** What a key, or several with spaces between them, means. */
export function findShortcut(keys: string, choices: KeyChoices = {}): KeyMeaning {
  const shortcut = shortcuts.find((one) => keysOf(one, choices).includes(keys))
  const isBeginning = shortcuts.some((one) => keysOf(one, choices).some((other) => other.startsWith(`${keys} `)))
  return { shortcut, isBeginning }
}

/** Other shortcuts that could not be told from this one if it had these keys: the same, or the beginning of the same. */
export function conflictsOf(id: ShortcutId, keys: string, choices: KeyChoices): readonly Shortcut[] {
  const clashes = (other: string): boolean =>
    other === keys || other.startsWith(`${keys} `) || keys.startsWith(`${other} `)
  return shortcuts.filter((one) => one.id !== id && keysOf(one, choices).some(clashes))
}
