import type { StrictJsonObject } from '@lossline/protocol'

/** Which rows of a table are marked for a common action: some by id, or all that match but some. */
export interface RowSelection {
  /** The marked ones; with `isAll` those that are not marked. */
  readonly ids: ReadonlySet<string>
  /** Everything that the filter finds, also what is not loaded. */
  readonly isAll: boolean
}

export const noRows: RowSelection = { ids: new Set(), isAll: false }
export const allRows: RowSelection = { ids: new Set(), isAll: true }

export function isSelected({ ids, isAll }: RowSelection, id: string): boolean {
  return isAll !== ids.has(id)
}

/** @param total - Rows that match. */
export function selectedRowCount({ ids, isAll }: RowSelection, total: number): number {
  return isAll ? Math.max(0, total - ids.size) : ids.size
}

export function toggleRow({ ids, isAll }: RowSelection, id: string): RowSelection {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, isAll }
}

/** Shift-click: everything between the row that was marked last and this one. */
export function selectRange({ ids, isAll }: RowSelection, range: readonly string[]): RowSelection {
  if (!isAll) return { ids: new Set([...ids, ...range]), isAll }
  return { ids: new Set([...ids].filter((id) => !range.includes(id))), isAll }
}

/** The filter that finds the marked runs when all are marked but some; undefined: every run of the project. */
export function selectedFilter(
  { ids }: RowSelection,
  filter: StrictJsonObject | undefined,
): StrictJsonObject | undefined {
  if (ids.size === 0) return filter
  const others: StrictJsonObject = { name: { $nin: [...ids] } }
  return filter === undefined ? others : { $and: [filter, others] }
}
