import type { RunSummary, StrictJson } from '@lossline/protocol'
import { lookCount, type StyledRun } from '../chart/palette.ts'
import type { DrawnRunSet } from '../runs/drawn-sets.ts'
import { formatCount } from '../text/format.ts'
import { hashText } from '../text/hash-text.ts'

/** Runs that one line is drawn for. */
export interface RunGroupOfLine {
  /** The values that its runs share: `lr = 0.01, optimizer = adam`. */
  readonly name: string
  /** How the group is drawn. */
  readonly look: StyledRun
  readonly runs: readonly RunSummary[]
}

type NamedRuns = Omit<RunGroupOfLine, 'look'>

/** Runs that are put together by the same keys. */
export interface RunPart {
  /** Of their set; undefined: all are of one. */
  readonly name: string | undefined
  /** None: each run stays alone. */
  readonly keys: readonly string[]
  readonly runs: readonly RunSummary[]
}

/** Groups, and the runs that are in none. */
export interface GroupedRuns {
  readonly groups: readonly RunGroupOfLine[]
  readonly singles: readonly RunSummary[]
}

/**
 * By which keys a panel puts its runs together: its own, else those of the set of each run.
 *
 * @param of.sets - Whose runs the panel draws; undefined: all are of one set, with the keys of the view.
 */
export function toRunParts(
  runs: readonly RunSummary[],
  of: {
    readonly keys: readonly string[] | undefined
    readonly groupBy: readonly string[]
    readonly sets: readonly DrawnRunSet[] | undefined
  },
): readonly RunPart[] {
  const { keys, groupBy, sets } = of
  if (sets === undefined) return [{ name: undefined, keys: keys ?? groupBy, runs }]
  const drawn = new Set(runs)
  return sets.map((set) => ({
    name: set.name,
    keys: keys ?? set.groupBy,
    runs: set.runs.filter((run) => drawn.has(run)),
  }))
}

/** All runs of each part as one group. */
export function wholeParts(parts: readonly RunPart[]): GroupedRuns {
  const groups = parts.flatMap(({ name, runs }) => {
    const count = formatCount(runs.length, 'run')
    return runs.length === 0 ? [] : [{ name: name === undefined ? count : `${name}: ${count}`, runs }]
  })
  return { groups: withLooks(groups), singles: [] }
}

/**
 * Puts the runs of each part together. Groups of several sets carry the name of theirs.
 *
 * @param values - By run id, of `keys`.
 */
export function groupParts(
  parts: readonly RunPart[],
  keys: readonly string[],
  values: ReadonlyMap<string, readonly StrictJson[]>,
): GroupedRuns {
  const groups = parts
    .filter((part) => part.keys.length > 0)
    .flatMap((part) => {
      const places = part.keys.map((key) => keys.indexOf(key))
      const own = new Map(
        part.runs.map(({ runId }) => [runId, places.map((place) => values.get(runId)?.[place] ?? null)]),
      )
      const named = toRunGroups(part.runs, part.keys, own)
      return part.name === undefined
        ? named
        : named.map((group) => ({ ...group, name: `${part.name} · ${group.name}` }))
    })
  return {
    groups: withLooks(groups),
    singles: parts.filter((part) => part.keys.length === 0).flatMap(({ runs }) => runs),
  }
}

/** The value that runs are put together by: fields of a run that are empty are none. */
export function groupValue(key: string, value: StrictJson | undefined): StrictJson {
  return value === undefined || (value === '' && key.startsWith('run.')) ? null : value
}

/** What charts call the runs that have these values of the keys. */
export function runGroupName(keys: readonly string[], values: readonly (StrictJson | undefined)[]): string {
  return keys.map((key, i) => `${shortName(key)} = ${valueText(key, values[i])}`).join(', ')
}

/** The same in two texts, where the values are to be seen first: `0.01, adam` of `lr, optimizer`. */
export function runGroupTexts(
  keys: readonly string[],
  values: readonly (StrictJson | undefined)[],
): { readonly values: string; readonly keys: string } {
  return {
    values: keys.map((key, i) => valueText(key, values[i])).join(', '),
    keys: keys.map(shortName).join(', '),
  }
}

/**
 * Puts runs together that have the same values. In the order in which the list has the first run of each.
 *
 * @param values - Of the keys, by run id; a run without is put with those that have none.
 */
export function toRunGroups(
  runs: readonly RunSummary[],
  keys: readonly string[],
  values: ReadonlyMap<string, readonly StrictJson[]>,
): readonly NamedRuns[] {
  const groups = new Map<string, RunSummary[]>()
  for (const run of runs) {
    const name = runGroupName(keys, values.get(run.runId) ?? [])
    const group = groups.get(name)
    if (group) group.push(run)
    else groups.set(name, [run])
  }
  return [...groups].map(([name, members]) => ({ name, runs: members }))
}

/**
 * Gives groups their looks: that which all runs of a group have where runs are coloured by value, else one by its name. Whatever
 * runs it has, whoever hides or filters them, a group looks the same; it gives way only to one that would look as it does, whose
 * name comes before.
 */
export function withLooks(groups: readonly NamedRuns[]): readonly RunGroupOfLine[] {
  const numbers = new Map<string, number>()
  const taken = new Set<number>()
  for (const name of groups.map((group) => group.name).toSorted()) {
    let place = hashText(name) % lookCount
    while (taken.has(place) && taken.size < lookCount) place = (place + 1) % lookCount
    taken.add(place)
    numbers.set(name, place + 1)
  }
  return groups.map((group) => ({ ...group, look: lookOf(group, numbers.get(group.name)!) }))
}

function lookOf({ runs: [first, ...others] }: NamedRuns, number: number): StyledRun {
  const run: StyledRun | undefined = first
  if (run === undefined) return { number, color: '' }
  const isShared = others.every((other) => other.color === run.color)
  if (!run.isOfValue) return { number, color: isShared ? run.color : '' }
  return isShared && others.every((other) => other.number === run.number) ? run : { number, color: '' }
}

function shortName(key: string): string {
  return key.replace(/^(?:config|summary|run)\./, '')
}

function valueText(key: string, given: StrictJson | undefined): string {
  const value = groupValue(key, given)
  if (value === null) return '–'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
