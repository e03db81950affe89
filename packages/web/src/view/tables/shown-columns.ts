import type { TableColumnInfo, TableRow } from '@lossline/protocol'
import { columnWidth, isMediaColumn } from './cell-text.ts'
import type { RowHeight, TableState } from './table-state.ts'

/** A column on screen. */
export interface ShownColumn {
  /** Its name. */
  readonly key: string
  readonly info: TableColumnInfo
  /** Its place among the cells of a row. */
  readonly index: number
  /** Pixels. */
  readonly width: number
  readonly isPinned: boolean
  /** Rows are grouped by it. */
  readonly isKey: boolean
  /** A formula makes it. */
  readonly isComputed: boolean
}

const groupCellWidth = 168
const histogramWidth = 108

/**
 * The columns that are shown, from left to right: those that rows are grouped by, pinned ones, then the others, in the order that
 * somebody has chosen, else as they were logged.
 *
 * @param rows - The first rows, which say how wide columns should be.
 */
export function shownColumns(
  columns: readonly TableColumnInfo[],
  state: Pick<TableState, 'hidden' | 'pinned' | 'order' | 'group' | 'computed'>,
  rows: readonly TableRow[],
): readonly ShownColumn[] {
  const hidden = new Set(state.hidden)
  const place = new Map(state.order.map((name, index) => [name, index]))
  const formulas = new Set(state.computed.map(({ name }) => name))
  const shown = columns.map((info, index): ShownColumn => {
    const isKey = state.group.includes(info.name)
    const cells = rows.map(({ cells }) => cells[index] ?? null)
    const width = columnWidth(info, cells)
    const isGrouped = state.group.length > 0 && !isKey
    return {
      key: info.name,
      info,
      index,
      width: isGrouped ? Math.max(groupCellWidth, Math.min(width, 240)) : Math.max(histogramWidth, width),
      isPinned: isKey || state.pinned.includes(info.name),
      isKey,
      isComputed: formulas.has(info.name),
    }
  })
  const rank = ({ isKey, isPinned }: ShownColumn): number => (isKey ? 0 : isPinned ? 1 : 2)
  const orderOf = ({ info, index }: ShownColumn): number => place.get(info.name) ?? state.order.length + index
  return shown
    .filter(({ info, isKey }) => isKey || !hidden.has(info.name))
    .sort((a, b) => rank(a) - rank(b) || orderOf(a) - orderOf(b))
}

/** The order after a column was put where another one is. Undefined names are left as they were. */
export function moveColumn(
  shown: readonly ShownColumn[],
  name: string,
  to: number,
  state: Pick<TableState, 'order'>,
): readonly string[] {
  const names = shown.map(({ info }) => info.name)
  const from = names.indexOf(name)
  if (from < 0) return state.order
  names.splice(from, 1)
  names.splice(Math.max(0, Math.min(to, names.length)), 0, name)
  return [...names, ...state.order.filter((one) => !names.includes(one))]
}

const rowPixels: Readonly<Record<RowHeight, number>> = { low: 32, middle: 76, high: 180 }
const groupRowPixels = 64

/** Height of the rows in pixels. */
export function rowHeightOf(
  columns: readonly ShownColumn[],
  { rowHeight, group }: Pick<TableState, 'rowHeight' | 'group'>,
): number {
  if (rowHeight !== undefined) return rowPixels[rowHeight]
  if (group.length > 0) return groupRowPixels
  return columns.some(({ info }) => isMediaColumn(info)) ? rowPixels.middle : rowPixels.low
}

/** For each column of tables side by side the one of the first table; undefined where there is none to compare with. */
export function firstTableColumns(columns: readonly TableColumnInfo[]): readonly (number | undefined)[] {
  return columns.map(({ base, source }) => {
    if (base === undefined || source === undefined || source === 0) return undefined
    const found = columns.findIndex((one) => one.base === base && one.source === 0)
    return found < 0 ? undefined : found
  })
}
