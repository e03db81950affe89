import { csvField, type RunWithValues, type StrictJson } from '@lossline/protocol'
import { cellValue, type TableColumn } from './table-columns.ts'

/** Forms in which a list of runs is saved. */
export type RunsFormat = 'csv' | 'json' | 'parquet'

/** What a list of runs is saved with. */
export interface ExportedRuns {
  readonly runs: readonly RunWithValues[]
  readonly columns: readonly TableColumn[]
  /** Keys that the runs' values were asked by, in their order. */
  readonly asked: readonly string[]
}

/** A list of runs as a table: name and id first, then its columns under their keys. Times are ISO 8601. */
export function exportedRows({ runs, columns, asked }: ExportedRuns): {
  readonly names: readonly string[]
  readonly rows: readonly (readonly StrictJson[])[]
} {
  const others = columns.filter(isOther)
  return {
    names: ['name', 'id', ...others.map(({ key }) => key)],
    rows: runs.map((run) => [run.displayName, run.runId, ...others.map((column) => exportedValue(run, column, asked))]),
  }
}

/** A list of runs as a text. What is missing is empty, or null. */
export function exportRuns(format: 'csv' | 'json', exported: ExportedRuns): string {
  return format === 'csv' ? toCsv(exported) : toJson(exported)
}

function toCsv(exported: ExportedRuns): string {
  const { names, rows } = exportedRows(exported)
  return [names, ...rows.map((row) => row.map(toText))].map((row) => `${row.map(csvField).join(',')}\r\n`).join('')
}

function toJson(exported: ExportedRuns): string {
  const { names, rows } = exportedRows(exported)
  const objects = rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])))
  return `${JSON.stringify(objects, null, 1)}\n`
}

/** The id stands in every row. */
function isOther({ key }: TableColumn): boolean {
  return key !== 'run.id'
}

function exportedValue(run: RunWithValues, column: TableColumn, asked: readonly string[]): StrictJson {
  const value = cellValue(run, column, asked)
  return column.kind === 'time' && typeof value === 'number' ? new Date(value).toISOString() : value
}

function toText(value: StrictJson): string | number {
  if (value === null) return ''
  if (typeof value === 'number' || typeof value === 'string') return value
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value.join(' ') : JSON.stringify(value)
}
