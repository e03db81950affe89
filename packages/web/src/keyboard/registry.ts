/** One shortcut: what people press, and what it does. */
export interface Shortcut {
  readonly id: ShortcutId
  /** As `KeyboardEvent.key`, with `Shift+` in front where a letter needs it. Any of them. */
  readonly keys: readonly string[]
  /** How the key is written for people. */
  readonly display: string
  readonly label: string
  readonly group: 'Runs' | 'Charts' | 'Media' | 'Page'
  /** Acts on the chart under the pointer or with the focus, so that it does nothing while there is none. */
  readonly isOfOneChart?: true
}

/** Names of everything that a key can do. */
export type ShortcutId =
  | 'filter-runs'
  | 'find-panels'
  | 'next-run'
  | 'previous-run'
  | 'open-run'
  | 'select-run'
  | 'set-baseline'
  | 'toggle-eye'
  | 'only-this-run'
  | 'toggle-runs-list'
  | 'log-y'
  | 'log-x'
  | 'smoothing-up'
  | 'smoothing-down'
  | 'view-as-table'
  | 'reset-zoom'
  | 'undo-zoom'
  | 'previous-step'
  | 'next-step'
  | 'toggle-theme'
  | 'show-shortcuts'
  | 'escape'

/** Every shortcut of the page. The sheet and the hints read this list. */
export const shortcuts: readonly Shortcut[] = [
  { id: 'filter-runs', keys: ['/'], display: '/', label: 'Filter runs', group: 'Runs' },
  { id: 'next-run', keys: ['j'], display: 'J', label: 'Next run', group: 'Runs' },
  { id: 'previous-run', keys: ['k'], display: 'K', label: 'Previous run', group: 'Runs' },
  { id: 'open-run', keys: ['Enter'], display: 'Enter', label: 'Open run', group: 'Runs' },
  { id: 'select-run', keys: ['x'], display: 'X', label: 'Select run', group: 'Runs' },
  { id: 'set-baseline', keys: ['b'], display: 'B', label: 'Compare others with run', group: 'Runs' },
  { id: 'toggle-eye', keys: ['v'], display: 'V', label: 'Show or hide run', group: 'Runs' },
  { id: 'only-this-run', keys: ['Shift+V'], display: 'Shift V', label: 'Show only this run', group: 'Runs' },
  { id: 'toggle-runs-list', keys: ['\\'], display: '\\', label: 'Open or close the runs list', group: 'Runs' },
  { id: 'find-panels', keys: ['f'], display: 'F', label: 'Find panels', group: 'Charts' },
  { id: 'log-y', keys: ['l'], display: 'L', label: 'Log y axis', group: 'Charts' },
  { id: 'log-x', keys: ['Shift+L'], display: 'Shift L', label: 'Log x axis', group: 'Charts' },
  { id: 'smoothing-up', keys: ['s'], display: 'S', label: 'More smoothing', group: 'Charts' },
  { id: 'smoothing-down', keys: ['Shift+S'], display: 'Shift S', label: 'Less smoothing', group: 'Charts' },
  { id: 'view-as-table', keys: ['t'], display: 'T', label: 'View chart as table', group: 'Charts', isOfOneChart: true },
  { id: 'reset-zoom', keys: ['0'], display: '0', label: 'Reset zoom', group: 'Charts', isOfOneChart: true },
  {
    id: 'undo-zoom',
    keys: ['Backspace'],
    display: 'Backspace',
    label: 'Previous zoom',
    group: 'Charts',
    isOfOneChart: true,
  },
  { id: 'previous-step', keys: ['['], display: '[', label: 'Previous step', group: 'Media' },
  { id: 'next-step', keys: [']'], display: ']', label: 'Next step', group: 'Media' },
  { id: 'toggle-theme', keys: ['d'], display: 'D', label: 'Light or dark', group: 'Page' },
  { id: 'show-shortcuts', keys: ['?'], display: '?', label: 'Shortcuts of this page', group: 'Page' },
  { id: 'escape', keys: ['Escape'], display: 'Esc', label: 'Close, clear', group: 'Page' },
]

/** What a key press looks like to the registry. */
export interface KeyPress {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** The shortcut for a key press, if there is one. */
export function findShortcut({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyPress): Shortcut | undefined {
  if (ctrlKey || metaKey || altKey) return undefined
  const isLetter = /^[a-z]$/i.test(key)
  // Shift is part of how `?` is typed, but changes the meaning of a letter. Caps lock does neither.
  const name = isLetter ? (shiftKey ? `Shift+${key.toUpperCase()}` : key.toLowerCase()) : key
  return shortcuts.find(({ keys }) => keys.includes(name))
}
