import { decodePart, encodePart } from './text-part.ts'

/**
 * Which runs are drawn: a rule for all runs, and the runs that somebody's eye button took out of it. Stored as exceptions to a
 * rule so that runs which arrive later behave predictably.
 */
export interface RunSelection {
  /** `first`: the first `count` of the list's order. */
  readonly base:
    | { readonly kind: 'first'; readonly count: number }
    | { readonly kind: 'all' }
    | { readonly kind: 'none' }
  /** Drawn whatever the rule says. */
  readonly shown: readonly string[]
  /** Not drawn whatever the rule says. */
  readonly hidden: readonly string[]
}

/** How many runs a chart draws when nobody has chosen. */
export const firstRunCount = 10

/** The first ten. */
export const defaultRunSelection: RunSelection = {
  base: { kind: 'first', count: firstRunCount },
  shown: [],
  hidden: [],
}

/** Whether the run at `index` of the list (0 = first) is drawn. */
export function isRunVisible(selection: RunSelection, runId: string, index: number): boolean {
  if (selection.hidden.includes(runId)) return false
  if (selection.shown.includes(runId)) return true
  return isInBase(selection, index)
}

/** The ids of `runIds` (in list order) that are drawn, in list order. */
export function visibleRunIds(selection: RunSelection, runIds: readonly string[]): readonly string[] {
  const shown = new Set(selection.shown)
  const hidden = new Set(selection.hidden)
  return runIds.filter((id, index) => !hidden.has(id) && (shown.has(id) || isInBase(selection, index)))
}

/** The eye button. */
export function toggleRun(selection: RunSelection, runId: string, index: number): RunSelection {
  const isVisible = isRunVisible(selection, runId, index)
  const shown = selection.shown.filter((id) => id !== runId)
  const hidden = selection.hidden.filter((id) => id !== runId)
  // An explicit entry stays even if the rule would agree today: `first` moves when new runs arrive.
  if (isVisible) return { ...selection, shown, hidden: selection.base.kind === 'none' ? hidden : [...hidden, runId] }
  return { ...selection, shown: selection.base.kind === 'all' ? shown : [...shown, runId], hidden }
}

/** Alt-click on an eye: only this run; on the only visible run: back to `previous`, or the default. */
export function showOnly(selection: RunSelection, runId: string, previous: RunSelection | undefined): RunSelection {
  const isOnly = selection.base.kind === 'none' && selection.shown.length === 1 && selection.shown[0] === runId
  if (isOnly) return previous ?? defaultRunSelection
  return { base: { kind: 'none' }, shown: [runId], hidden: [] }
}

/** `10~shown~hidden`, `all~~hidden`, `none~shown`; empty for the default. */
export function stringifyRunSelection(selection: RunSelection): string {
  const base = selection.base.kind === 'first' ? String(selection.base.count) : selection.base.kind
  const text = [base, selection.shown.map(encodePart).join(','), selection.hidden.map(encodePart).join(',')]
    .join('~')
    .replace(/~+$/, '')
  return text === String(firstRunCount) ? '' : text
}

/** Reads {@link stringifyRunSelection}'s text; anything else is the default. */
export function parseRunSelection(text: string | undefined): RunSelection {
  if (!text) return defaultRunSelection
  const [baseText = '', shownText = '', hiddenText = ''] = text.split('~')
  const base = parseBase(baseText)
  if (!base) return defaultRunSelection
  return { base, shown: parseIds(shownText), hidden: parseIds(hiddenText) }
}

function parseBase(text: string): RunSelection['base'] | undefined {
  if (text === 'all' || text === 'none') return { kind: text }
  return /^[1-9]\d{0,5}$/.test(text) ? { kind: 'first', count: Number(text) } : undefined
}

function parseIds(text: string): readonly string[] {
  return [...new Set(text.split(',').filter(Boolean).map(decodePart))]
}

function isInBase({ base }: RunSelection, index: number): boolean {
  return base.kind === 'all' || (base.kind === 'first' && index < base.count)
}
