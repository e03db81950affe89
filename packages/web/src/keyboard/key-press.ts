/** What a key press looks like to the shortcuts: part of a `KeyboardEvent`. */
export interface KeyPress {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** Whether the command key does here what the control key does elsewhere. */
export function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform)
}

/**
 * A key press as the registry writes it: `j`, `Shift+V`, `?`, `Mod+k`, `Mod+Shift+z`. `Mod` is the command key on Apple's
 * machines and Ctrl elsewhere. Undefined for what belongs to the browser or is only a modifier.
 */
export function keyName(press: KeyPress, isAppleKeyboard: boolean): string | undefined {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = press
  if (['Shift', 'Control', 'Meta', 'Alt', 'AltGraph', 'CapsLock', 'Dead'].includes(key)) return undefined
  // AltGr, which is how brackets and the backslash are typed on many keyboards, looks like Ctrl and Alt together.
  const isAltGr = ctrlKey && altKey && key.length === 1 && !/[a-z0-9]/i.test(key)
  const isMod = !isAltGr && (isAppleKeyboard ? metaKey : ctrlKey)
  const isForeign = !isAltGr && (altKey || (isAppleKeyboard ? ctrlKey : metaKey))
  if (isForeign) return undefined
  const isLetter = /^[a-z]$/i.test(key)
  // Shift is part of how `?` is typed, but changes the meaning of a letter. Caps lock does neither.
  if (isMod) return `Mod+${isLetter && shiftKey ? 'Shift+' : ''}${key.toLowerCase()}`
  if (!isLetter) return key === ' ' ? 'Space' : key
  return shiftKey ? `Shift+${key.toUpperCase()}` : key.toLowerCase()
}

const signs: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  // How it is typed says more than what comes out.
  '|': 'Shift \\',
}

/** Keys of the registry as people read them: `G W`, `Shift V`, `Ctrl K` (`⌘ K` on Apple's machines). */
export function keyText(keys: string, isAppleKeyboard: boolean): string {
  return keys
    .split(' ')
    .map((name) =>
      name
        .split(/\+(?=.)/)
        .map((part) => (part === 'Mod' ? (isAppleKeyboard ? '⌘' : 'Ctrl') : (signs[part] ?? upper(part))))
        .join(' '),
    )
    .join(' then ')
}

function upper(part: string): string {
  return part.length === 1 ? part.toUpperCase() : part
}
