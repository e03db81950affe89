import { csvField } from '@lossline/protocol'
import { cellKinds } from './cells.ts'
import { cellRow, kindAt, type TableColumn } from './table-data.ts'

/**
 * Rows as comma-separated values (RFC 4180): missing cells are empty, numbers as JavaScript writes them, NaN and Infinity as words,
 * times as ISO texts, lists, objects and media as their JSON. Texts and names that a spreadsheet would run as a formula begin with `'`.
 */
export function toCsv(columns: readonly TableColumn[], rows: Iterable<number>, hasHead: boolean): string {
  const head = hasHead ? `${columns.map(({ name }) => csvField(name)).join(',')}\r\n` : ''
  let text = head
  for (const row of rows) text += `${columns.map((column) => csvCell(column, row)).join(',')}\r\n`
  return text
}

/** Rows as JSON objects, one a line; NaN and Infinity, which JSON does not have, as texts. */
export function toJsonRows(columns: readonly TableColumn[], rows: Iterable<number>): string[] {
  const names = columns.map(({ name }) => JSON.stringify(name))
  return Array.from(
    rows,
    (row) => `{${columns.map((column, index) => `${names[index]}:${cellJson(column, row)}`).join(',')}}`,
  )
}

/** Only texts are somebody's own words: numbers with a minus, and what is written of times, are safe as they are. */
function csvCell(column: TableColumn, row: number): string {
  const text = cellText(column, row) ?? ''
  return kindAt(column, row) >= cellKinds.text ? csvField(text) : text
}

function cellText(column: TableColumn, row: number): string | undefined {
  const at = cellRow(column, row)
  const { kinds, numbers, codes, pool } = column.cells
  const kind = at < 0 ? cellKinds.missing : kinds[at]!
  if (kind === cellKinds.missing) return undefined
  if (kind >= cellKinds.integer) return pool.text(codes![at]!)
  const value = numbers![at]!
  if (kind === cellKinds.boolean) return String(value === 1)
  return column.type === 'timestamp' ? (isoTime(value) ?? String(value)) : String(value)
}

function cellJson(column: TableColumn, row: number): string {
  const at = cellRow(column, row)
  const kind = at < 0 ? cellKinds.missing : column.cells.kinds[at]!
  const text = cellText(column, row)
  if (text === undefined) return 'null'
  // W&B's dialect has bare NaN within lists, which other readers refuse.
  if (kind === cellKinds.json) return /NaN|Infinity/.test(text) && !isJson(text) ? JSON.stringify(text) : text
  if (kind === cellKinds.text || kind === cellKinds.integer) return JSON.stringify(text)
  if (kind === cellKinds.number && (column.type === 'timestamp' || !Number.isFinite(Number(text))))
    return JSON.stringify(text)
  return text
}

/** The words may stand within texts, where they are nothing special. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function isoTime(timeMs: number): string | undefined {
  const date = new Date(timeMs)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}
