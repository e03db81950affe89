import type { RunSummary, StrictJson } from '@lossline/protocol'
import { decodePart, encodePart } from '../files/text-part.ts'
import { isSameJson } from '../workspace/json.ts'

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
    /** Those that run at the moment. */
    | { readonly kind: 'running' }
  /** Groups that are drawn, or are not, whatever the rule says; none of them twice. Default: no group. */
  readonly groups?: readonly GroupChoice[]
  /** Drawn whatever the rule says. */
  readonly shown: readonly string[]
  /** Not drawn whatever the rule says. */
  readonly hidden: readonly string[]
}

/** All runs that share values, also those that arrive later. It counts while the runs are put together by these keys. */
export interface GroupChoice {
  readonly values: readonly (readonly [key: string, value: StrictJson])[]
  readonly isShown: boolean
}

/** What of a run says whether it is drawn. */
export type SelectableRun = Pick<RunSummary, 'runId'> & Partial<Pick<RunSummary, 'state'>>

/** A value of a run; undefined: it is not known. */
export type ValueOf = (key: string) => StrictJson | undefined

/** How many runs a chart draws when nobody has chosen. */
export const firstRunCount = 10

/** The first ten. */
export const defaultRunSelection: RunSelection = {
  base: { kind: 'first', count: firstRunCount },
  shown: [],
  hidden: [],
}

/**
 * Whether the run at `index` of the list (0 = first) is drawn.
 *
 * @param readValue - Of the run. Default: it is in no group.
 */
export function isRunVisible(
  selection: RunSelection,
  run: SelectableRun,
  index: number,
  readValue: ValueOf = () => undefined,
): boolean {
  if (selection.hidden.includes(run.runId)) return false
  if (selection.shown.includes(run.runId)) return true
  return selection.groups?.find((choice) => isInGroup(choice, readValue))?.isShown ?? isInBase(selection, run, index)
}

function isInGroup({ values }: GroupChoice, readValue: ValueOf): boolean {
  return values.every(([key, value]) => isSameJson(readValue(key), value))
}

/** The eye button. @param isVisible - The run is drawn now. */
export function toggleRun(selection: RunSelection, runId: string, isVisible: boolean): RunSelection {
  const { base, groups } = selection
  const isAlways = (kind: RunSelection['base']['kind']): boolean => base.kind === kind && groups === undefined
  const shown = selection.shown.filter((id) => id !== runId)
  const hidden = selection.hidden.filter((id) => id !== runId)
  // An explicit entry stays even if the rule would agree today: `first` moves when new runs arrive.
  if (isVisible) return { ...selection, shown, hidden: isAlways('none') ? hidden : [...hidden, runId] }
  return { ...selection, shown: isAlways('all') ? shown : [...shown, runId], hidden }
}

/** Draws some runs, or leaves them out, whatever the rule says of them. */
export function showRuns(selection: RunSelection, runIds: readonly string[], isShown: boolean): RunSelection {
  const those = new Set(runIds)
  const shown = selection.shown.filter((id) => !those.has(id))
  const hidden = selection.hidden.filter((id) => !those.has(id))
  return isShown
    ? { ...selection, shown: [...shown, ...runIds], hidden }
    : { ...selection, shown, hidden: [...hidden, ...runIds] }
}

/**
 * The eye of a group: draws its runs, or leaves them out, now and later.
 *
 * @param memberIds - Runs of it; what eyes said of them one by one is forgotten.
 */
export function showGroup(
  selection: RunSelection,
  { values, isShown }: GroupChoice,
  memberIds: readonly string[],
): RunSelection {
  const members = new Set(memberIds)
  const others = (selection.groups ?? []).filter((choice) => !isSameGroup(choice.values, values))
  return {
    base: selection.base,
    shown: selection.shown.filter((id) => !members.has(id)),
    hidden: selection.hidden.filter((id) => !members.has(id)),
    groups: [...others, { values, isShown }],
  }
}

function isSameGroup(a: GroupChoice['values'], b: GroupChoice['values']): boolean {
  return a.length === b.length && a.every(([key, value], at) => key === b[at]![0] && isSameJson(value, b[at]![1]))
}

/** Draws what is not drawn, and nothing else. @param visible - The runs that are drawn now. */
export function invertSelection(selection: RunSelection, visible: readonly string[]): RunSelection {
  const { base, shown, hidden, groups } = selection
  if (groups !== undefined && (base.kind === 'none' || base.kind === 'all')) {
    const others = groups.map((choice) => ({ ...choice, isShown: !choice.isShown }))
    return { base: { kind: base.kind === 'none' ? 'all' : 'none' }, shown: hidden, hidden: shown, groups: others }
  }
  return selection.base.kind === 'none'
    ? { base: { kind: 'all' }, shown: [], hidden: selection.shown }
    : selection.base.kind === 'all'
      ? onlyThese(selection.hidden)
      : { base: { kind: 'all' }, shown: [], hidden: visible }
}

/** Draws these runs and no others. */
export function onlyThese(runIds: readonly string[]): RunSelection {
  return { base: { kind: 'none' }, shown: runIds, hidden: [] }
}

/** Alt-click on an eye: only this run; on the only visible run: back to `previous`, or the default. */
export function showOnly(selection: RunSelection, runId: string, previous: RunSelection | undefined): RunSelection {
  const isOnly =
    selection.base.kind === 'none' &&
    selection.groups === undefined &&
    selection.shown.length === 1 &&
    selection.shown[0] === runId
  if (isOnly) return previous ?? defaultRunSelection
  return onlyThese([runId])
}

/** `10~shown~hidden~groups`, `all~~hidden`, `none~shown`; empty for the default. A group is `[1,["config.lr",0.1]]`, 1: it is drawn. */
export function stringifyRunSelection(selection: RunSelection): string {
  const base = selection.base.kind === 'first' ? String(selection.base.count) : selection.base.kind
  const groups = (selection.groups ?? []).map(({ values, isShown }) => JSON.stringify([isShown ? 1 : 0, ...values]))
  const text = [base, ...[selection.shown, selection.hidden, groups].map((part) => part.map(encodePart).join(','))]
    .join('~')
    .replace(/~+$/, '')
  return text === String(firstRunCount) ? '' : text
}

/** Reads {@link stringifyRunSelection}'s text; anything else is the default. */
export function parseRunSelection(text: string | undefined): RunSelection {
  if (!text) return defaultRunSelection
  const [baseText = '', shownText = '', hiddenText = '', groupsText = ''] = text.split('~')
  const base = parseBase(baseText)
  if (!base) return defaultRunSelection
  const groups = parseIds(groupsText).flatMap((one) => parseGroup(one) ?? [])
  return {
    base,
    shown: parseIds(shownText),
    hidden: parseIds(hiddenText),
    ...(groups.length > 0 && { groups }),
  }
}

function parseBase(text: string): RunSelection['base'] | undefined {
  if (text === 'all' || text === 'none' || text === 'running') return { kind: text }
  return /^[1-9]\d{0,5}$/.test(text) ? { kind: 'first', count: Number(text) } : undefined
}

function parseGroup(text: string): GroupChoice | undefined {
  try {
    const [isShown, ...values]: readonly unknown[] = JSON.parse(text)
    const isPair = (one: unknown): boolean => Array.isArray(one) && one.length === 2 && typeof one[0] === 'string'
    if (values.length === 0 || !values.every(isPair)) return undefined
    // What JSON.parse gives is JSON.
    return { isShown: isShown === 1, values: values as GroupChoice['values'] }
  } catch {
    return undefined
  }
}

function parseIds(text: string): readonly string[] {
  return [...new Set(text.split(',').filter(Boolean).map(decodePart))]
}

function isInBase({ base }: RunSelection, { state }: SelectableRun, index: number): boolean {
  switch (base.kind) {
    case 'all':
      return true
    case 'none':
      return false
    case 'running':
      return state === 'running'
    case 'first':
      return index < base.count
  }
}
