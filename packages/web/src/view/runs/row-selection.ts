/** Which rows of a table are marked for a common action: some by id, or all that match. */
export interface RowSelection {
  readonly ids: ReadonlySet<string>
  /** Everything that the filter finds, also what is not loaded. */
  readonly isAll: boolean
}

export const noRows: RowSelection = { ids: new Set(), isAll: false }
export const allRows: RowSelection = { ids: new Set(), isAll: true }

export function isSelected({ ids, isAll }: RowSelection, id: string): boolean {
  return isAll || ids.has(id)
}

export function toggleRow(selection: RowSelection, id: string): RowSelection {
  const ids = new Set(selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { ids, isAll: false }
}

/** Shift-click: everything between the row that was marked last and this one. */
export function selectRange(selection: RowSelection, range: readonly string[]): RowSelection {
  return { ids: new Set([...selection.ids, ...range]), isAll: false }
}
