import {
  parseQueryKey,
  type RunGroup,
  type RunWithValues,
  type StrictJsonObject,
  toRunFilter,
} from '@lossline/protocol'

/** A row of the runs table. */
export type TableRow =
  | { readonly kind: 'run'; readonly run: RunWithValues; readonly index: number; readonly depth: 0 | 1 }
  | { readonly kind: 'group'; readonly group: RunGroup; readonly name: string; readonly isOpen: boolean }
  /** Not loaded yet, or more than is listed. */
  | { readonly kind: 'placeholder'; readonly text: string | undefined }

/** Rows of a table of which only those in sight need be there. */
export interface TableRows {
  readonly count: number
  at(index: number): TableRow
  /** Says that these places are on screen. */
  ensure(first: number, last: number): void
}

/** Runs of a list, one by one. */
export function toFlatRows(runs: {
  readonly total: number | undefined
  readonly runs: readonly (RunWithValues | undefined)[]
  ensure(first: number, last: number): void
}): TableRows {
  return {
    count: runs.total ?? 0,
    at: (index) => {
      const run = runs.runs[index]
      return run ? { kind: 'run', run, index, depth: 0 } : { kind: 'placeholder', text: undefined }
    },
    ensure: runs.ensure,
  }
}

/** What a group is called: `lr = 0.01, optimizer.name = adam`. */
export function groupName(by: readonly string[], { values }: RunGroup): string {
  return by.map((key, index) => `${shortKey(key)} = ${values[index] ?? 'none'}`).join(', ')
}

/** Runs of a group, of those that a filter finds. */
export function groupFilter(
  by: readonly string[],
  { values }: RunGroup,
  filter: StrictJsonObject | undefined,
): StrictJsonObject {
  const conditions = by.map((key, index) =>
    toRunFilter(
      { kind: 'compare', key: parseQueryKey(key), operator: '=', value: values[index] ?? null },
      { nowMs: 0 },
    ),
  )
  // Made of nothing but texts, numbers, booleans and null.
  return { $and: [...(filter === undefined ? [] : [filter]), ...(conditions as StrictJsonObject[])] }
}

/** Groups with the runs of those that are open below them. */
export function toGroupedRows(
  by: readonly string[],
  groups: readonly RunGroup[],
  runsOf: ReadonlyMap<string, readonly RunWithValues[] | undefined>,
): readonly TableRow[] {
  let index = 0
  return groups.flatMap((group): TableRow[] => {
    const name = groupName(by, group)
    const isOpen = runsOf.has(name)
    const head: TableRow = { kind: 'group', group, name, isOpen }
    if (!isOpen) return [head]
    const runs = runsOf.get(name)
    if (runs === undefined) return [head, { kind: 'placeholder', text: undefined }]
    const rows = runs.map((run): TableRow => ({ kind: 'run', run, index: index++, depth: 1 }))
    const restCount = group.runCount - runs.length
    const rest: TableRow[] =
      restCount > 0 ? [{ kind: 'placeholder', text: `${restCount} more: narrow the filter` }] : []
    return [head, ...rows, ...rest]
  })
}

function shortKey(key: string): string {
  return key.replace(/^(run|config|summary)\./, '')
}
