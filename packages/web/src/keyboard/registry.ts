/** Something that the page can do: its name in the palette and the menus, and the key that does it. */
export interface Shortcut {
  readonly id: ShortcutId
  /**
   * Any of them does it, unless somebody has chosen others in the settings. Written as `keyName` says, a sequence with
   * spaces. None: it is done from the palette alone until somebody gives it a key.
   */
  readonly keys: readonly string[]
  /** What it does, as an order. */
  readonly label: string
  readonly group: ShortcutGroup
  /** Acts on the chart under the pointer or with the focus, so that it does nothing while there is none. */
  readonly isOfOneChart?: true
  /** Acts also while somebody types in a field. */
  readonly isForFieldsToo?: true
}

/** Headings of the sheet, in its order. */
export const shortcutGroups = ['Page', 'Go to', 'Runs', 'Charts', 'View', 'Media'] as const
export type ShortcutGroup = (typeof shortcutGroups)[number]

/** Names of everything that a key can do. */
export type ShortcutId = (typeof list)[number]['id']

const list = [
  { id: 'open-palette', keys: ['Mod+k'], label: 'Search and commands', group: 'Page', isForFieldsToo: true },
  { id: 'show-shortcuts', keys: ['?'], label: 'Show shortcuts', group: 'Page' },
  { id: 'toggle-theme', keys: ['d'], label: 'Switch between light and dark', group: 'Page' },
  { id: 'toggle-contrast', keys: [], label: 'Switch high contrast on or off', group: 'Page' },
  { id: 'toggle-density', keys: [], label: 'Switch between dense and comfortable', group: 'Page' },
  {
    id: 'pause-live',
    keys: ['Mod+.'],
    label: 'Stop or go on following live data',
    group: 'Page',
    isForFieldsToo: true,
  },
  { id: 'show-notifications', keys: [], label: 'Show notifications', group: 'Page' },
  { id: 'pin-rail', keys: [], label: 'Pin or unpin the names of the pages', group: 'Page' },
  { id: 'hide-rail', keys: [], label: 'Hide or show the pages at the left', group: 'Page' },
  { id: 'print', keys: [], label: 'Print this page', group: 'Page' },
  { id: 'escape', keys: ['Escape'], label: 'Close, clear', group: 'Page' },

  { id: 'go-home', keys: ['g h'], label: 'Go to all projects', group: 'Go to' },
  { id: 'go-project', keys: ['g g'], label: 'Go to another project', group: 'Go to' },
  { id: 'go-workspace', keys: ['g w'], label: 'Go to the workspace', group: 'Go to' },
  { id: 'go-runs', keys: ['g r'], label: 'Go to the runs', group: 'Go to' },
  { id: 'go-sweeps', keys: ['g s'], label: 'Go to the sweeps', group: 'Go to' },
  { id: 'go-artifacts', keys: ['g a'], label: 'Go to the artifacts', group: 'Go to' },
  { id: 'go-reports', keys: ['g p'], label: 'Go to the reports', group: 'Go to' },
  { id: 'go-overview', keys: ['g o'], label: 'Go to the overview', group: 'Go to' },
  { id: 'go-settings', keys: ['g ,'], label: 'Go to the settings', group: 'Go to' },
  {
    id: 'workspace-or-table',
    keys: ['Mod+j'],
    label: 'Switch between workspace and runs table',
    group: 'Go to',
    isForFieldsToo: true,
  },

  { id: 'filter-runs', keys: ['/'], label: 'Filter runs, or search the output', group: 'Runs' },
  { id: 'next-run', keys: ['j'], label: 'Next run', group: 'Runs' },
  { id: 'previous-run', keys: ['k'], label: 'Previous run', group: 'Runs' },
  { id: 'open-run', keys: ['Enter'], label: 'Open run', group: 'Runs' },
  { id: 'preview-run', keys: ['Space'], label: 'Preview run', group: 'Runs' },
  { id: 'toggle-eye', keys: ['v'], label: 'Show or hide run', group: 'Runs' },
  { id: 'only-this-run', keys: ['Shift+V'], label: 'Show only this run', group: 'Runs' },
  { id: 'select-run', keys: ['x'], label: 'Select run', group: 'Runs' },
  { id: 'select-runs-to-here', keys: ['Shift+X'], label: 'Select runs up to here', group: 'Runs' },
  { id: 'compare-runs', keys: ['c'], label: 'Compare selected runs', group: 'Runs' },
  { id: 'set-baseline', keys: ['b'], label: 'Compare others with run', group: 'Runs' },
  { id: 'pin-run', keys: ['p'], label: 'Pin run', group: 'Runs' },
  { id: 'rename-run', keys: ['F2'], label: 'Rename run', group: 'Runs' },
  { id: 'edit-run-tags', keys: ['Shift+T'], label: 'Edit the tags of run', group: 'Runs' },
  { id: 'edit-run-notes', keys: ['Shift+N'], label: 'Edit the notes of run', group: 'Runs' },
  { id: 'add-run-set', keys: [], label: 'Add run set', group: 'Runs' },
  { id: 'next-run-set', keys: [], label: 'Show the next run set', group: 'Runs' },
  { id: 'toggle-run-set', keys: [], label: 'Turn the run set on or off', group: 'Runs' },
  { id: 'separate-runs', keys: [], label: 'Separate visible runs by their colours', group: 'Runs' },
  { id: 'reset-colors', keys: [], label: 'Reset colours of runs', group: 'Runs' },
  { id: 'toggle-runs-list', keys: ['\\'], label: 'Open or close the runs list', group: 'Runs' },

  { id: 'find-panels', keys: ['f'], label: 'Find panels', group: 'Charts' },
  { id: 'log-y', keys: ['l'], label: 'Log y axis', group: 'Charts' },
  { id: 'log-x', keys: ['Shift+L'], label: 'Log x axis', group: 'Charts' },
  { id: 'smoothing-up', keys: ['s'], label: 'More smoothing', group: 'Charts' },
  { id: 'smoothing-down', keys: ['Shift+S'], label: 'Less smoothing', group: 'Charts' },
  { id: 'toggle-outliers', keys: ['o'], label: 'Ignore or include outliers', group: 'Charts' },
  { id: 'view-as-table', keys: ['t'], label: 'View chart as table', group: 'Charts', isOfOneChart: true },
  { id: 'reset-zoom', keys: ['0'], label: 'Reset zoom', group: 'Charts', isOfOneChart: true },
  { id: 'undo-zoom', keys: ['Backspace'], label: 'Previous zoom', group: 'Charts', isOfOneChart: true },
  { id: 'full-screen-panel', keys: ['Shift+F'], label: 'Panel in full screen', group: 'Charts', isOfOneChart: true },
  { id: 'edit-panel', keys: ['e'], label: 'Edit panel', group: 'Charts', isOfOneChart: true },
  { id: 'add-panel', keys: ['a'], label: 'Add panel', group: 'Charts' },
  { id: 'add-section', keys: [], label: 'Add section', group: 'Charts' },

  { id: 'undo', keys: ['Mod+z'], label: 'Undo', group: 'View' },
  { id: 'redo', keys: ['Mod+Shift+z', 'Mod+y'], label: 'Redo', group: 'View' },
  { id: 'save-view', keys: ['Mod+s'], label: 'Save view', group: 'View', isForFieldsToo: true },
  { id: 'toggle-settings-drawer', keys: ['|'], label: 'Open or close the settings of the view', group: 'View' },

  { id: 'previous-step', keys: ['['], label: 'Previous step', group: 'Media' },
  { id: 'next-step', keys: [']'], label: 'Next step', group: 'Media' },
] as const satisfies readonly (Omit<Shortcut, 'id'> & { readonly id: string })[]

/** Everything the page can do. The sheet, the palette, the hints of menus and the settings read this list. */
export const shortcuts: readonly Shortcut[] = list

/** The entry of an id. */
export function shortcutOf(id: ShortcutId): Shortcut {
  // Every id comes from the list.
  return shortcuts.find((shortcut) => shortcut.id === id) as Shortcut
}
