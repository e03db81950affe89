import {
  parseQueryKey,
  type QueryValue,
  type RunGroup,
  type RunsSort,
  type RunWithValues,
  type StrictJson,
  type StrictJsonObject,
  toRunFilter,
} from '@lossline/protocol'
import { runGroupName } from '../panels/run-groups.ts'
import { compareNatural } from '../text/natural-order.ts'

/** A row of the runs table. */
export type TableRow =
  | { readonly kind: 'run'; readonly run: RunWithValues; readonly index: number; readonly depth: 0 | 1 }
  | {
      readonly kind: 'group'
      readonly group: RunGroup
      readonly id: string
      readonly isOpen: boolean
      readonly name: string
    }
  /** Not loaded yet, or more than is listed. */
  | { readonly kind: 'placeholder'; readonly text: string | undefined }

/** Rows of a table of which only those in sight need be there. */
export interface TableRows {
  readonly count: number
  at(index: number): TableRow
  /** Says that these places are on screen. */
  ensure(first: number, last: number): void
}

/** What stays the same of a row wherever it moves: what is open in it stays open, and keys go on meaning it. */
export function keyOfRow(row: TableRow): string | undefined {
  if (row.kind === 'run') return `${row.depth} ${row.run.runId}`
  return row.kind === 'group' ? row.id : undefined
}

/** As many groups as the server gives at a time. */
export const groupCountMax = 1000

/** Runs of a list, one by one. */
export function toFlatRows(runs: {
  readonly total: number | undefined
  readonly runs: readonly (RunWithValues | undefined)[]
  ensure(first: number, last: number): void
}): TableRows {
  // The same row each time that it is asked for: what draws it sees no change.
  const made = new Map<number, TableRow>()
  return {
    count: runs.total ?? 0,
    at(index) {
      const run = runs.runs[index]
      if (!run) return notLoaded
      const row = made.get(index) ?? { kind: 'run', run, index, depth: 0 }
      made.set(index, row)
      return row
    },
    ensure: runs.ensure,
  }
}

const notLoaded: TableRow = { kind: 'placeholder', text: undefined }

/** Groups below the runs that are pinned, which are in their groups too. */
export function withPinnedRows(groups: TableRows, pinned: readonly (RunWithValues | undefined)[]): TableRows {
  const count = pinned.length
  if (count === 0) return groups
  const rows = pinned.map((run, index): TableRow | undefined => run && { kind: 'run', run, index, depth: 0 })
  return {
    count: count + groups.count,
    at: (index) => rows[index] ?? groups.at(index - count),
    ensure: (first, last) => groups.ensure(Math.max(0, first - count), Math.max(0, last - count)),
  }
}

/** Rows whose runs are drawn in other colours. */
export function withColoredRuns(rows: TableRows, inColor: (run: RunWithValues) => RunWithValues): TableRows {
  // The same row each time that it is asked for, as of the rows themselves.
  const made = new WeakMap<TableRow, TableRow>()
  return {
    ...rows,
    at(index) {
      const row = rows.at(index)
      if (row.kind !== 'run') return row
      const run = inColor(row.run)
      if (run === row.run) return row
      const colored = made.get(row) ?? { ...row, run }
      made.set(row, colored)
      return colored
    },
  }
}

/** By what a group is told from the others; names may be the same, as of the number 1 and the text `1`. */
export function groupId(by: readonly string[], { values }: RunGroup): string {
  return JSON.stringify([by, values])
}

/** Runs of a group, of those that a filter finds. */
export function groupFilter(
  by: readonly string[],
  { values }: RunGroup,
  filter: StrictJsonObject | undefined,
): StrictJsonObject {
  const { $and } = valuesFilter(by.map((key, index) => [key, values[index] ?? null]))
  return { $and: [...(filter === undefined ? [] : [filter]), ...$and] }
}

/** Runs that have values, as those of groups are: texts, numbers, booleans and null. */
export function valuesFilter(values: readonly (readonly [key: string, value: StrictJson])[]): {
  readonly $and: StrictJsonObject[]
} {
  const conditions = values.map(([key, value]) =>
    toRunFilter(
      // Groups are not made by lists and objects.
      { kind: 'compare', key: parseQueryKey(key), operator: '=', value: value as QueryValue },
      { nowMs: 0 },
    ),
  )
  // Made of nothing but texts, numbers, booleans and null.
  return { $and: conditions as StrictJsonObject[] }
}

/**
 * Groups in the order of a table: by what they are put together by, and by the means of other keys; those without come last.
 *
 * @param order.columns - Keys that the groups have figures of, in their order.
 */
export function sortGroups(
  groups: readonly RunGroup[],
  order: { readonly by: readonly string[]; readonly columns: readonly string[]; readonly sort: readonly RunsSort[] },
): readonly RunGroup[] {
  const sortValue = (group: RunGroup, key: string) =>
    order.by.includes(key) ? group.values[order.by.indexOf(key)] : group.columns[order.columns.indexOf(key)]?.mean
  return groups.toSorted((a, b) => {
    for (const { key, isDescending } of order.sort) {
      const [one, other] = [sortValue(a, key) ?? null, sortValue(b, key) ?? null]
      if (one === other) continue
      if (one === null || other === null) return one === null ? 1 : -1
      const isNumeric = typeof one === 'number' && typeof other === 'number'
      const difference = isNumeric ? one - other : compareNatural(String(one), String(other))
      if (difference !== 0) return isDescending ? -difference : difference
    }
    return 0
  })
}

/**
 * Groups with the runs of those that are open below them.
 *
 * @param runsOf - By {@link groupId} of those that are open; undefined: not loaded yet.
 */
export function toGroupedRows(
  by: readonly string[],
  groups: readonly RunGroup[],
  runsOf: ReadonlyMap<string, readonly RunWithValues[] | undefined>,
): readonly TableRow[] {
  let index = 0
  return groups.flatMap((group): TableRow[] => {
    const id = groupId(by, group)
    const isOpen = runsOf.has(id)
    const head: TableRow = { kind: 'group', group, id, isOpen, name: runGroupName(by, group.values) }
    if (!isOpen) return [head]
    const runs = runsOf.get(id)
    if (runs === undefined) return [head, { kind: 'placeholder', text: undefined }]
    const rows = runs.map((run): TableRow => ({ kind: 'run', run, index: index++, depth: 1 }))
    const restCount = group.runCount - runs.length
    const rest: TableRow[] =
      restCount > 0 ? [{ kind: 'placeholder', text: `${restCount} more: narrow the filter` }] : []
    return [head, ...rows, ...rest]
  })
}
