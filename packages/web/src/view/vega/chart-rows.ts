import type { RunSummary, StrictJson, TableCellValue } from '@lossline/protocol'
import { cellText } from '../tables/cell-text.ts'
import type { ChartTable } from './custom-chart.ts'

/** A row as specs see it: one value for each name. */
export type ChartRow = Readonly<Record<string, StrictJson>>

/** What stands in every row of a run, unless its data have it too: which run it is, and its colour. */
export function runFields({ runId, displayName, number }: RunSummary, color: string): ChartRow {
  return { id: runId, name: displayName, color, _defaultColorIndex: number - 1 }
}

/** The rows of a table. */
export function tableRows({ columns, rows }: ChartTable, of: ChartRow): ChartRow[] {
  return rows.map((cells) => withFields(of, columns, cells.map(toPlain)))
}

/** Rows of values under names. */
export function valueRows(
  names: readonly string[],
  rows: readonly (readonly StrictJson[])[],
  of: ChartRow,
): ChartRow[] {
  return rows.map((values) => withFields(of, names, values))
}

function withFields(of: ChartRow, names: readonly string[], values: readonly StrictJson[]): ChartRow {
  // No prototype: a column may have any name.
  const row: Record<string, StrictJson> = Object.assign(Object.create(null), of)
  for (const [index, name] of names.entries()) row[name] = values[index] ?? null
  return row
}

function toPlain(cell: TableCellValue): StrictJson {
  if (typeof cell !== 'object' || cell === null) return cell
  if (cell.kind === 'time') return cell.timeMs
  if (cell.kind === 'json') return cell.value
  // NaN and infinities have no place on an axis; media are said by their names.
  return cell.kind === 'number' ? null : cellText(cell)
}
