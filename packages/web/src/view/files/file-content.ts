import type { StrictJson } from '@lossline/protocol'
import type { PanelTable } from '../panels/panel-table.ts'
import { isObject, type JsonObject } from '../workspace/json.ts'
import { parseDelimited } from './parse-delimited.ts'

/** What a text is besides a text. */
export type FileContent =
  | { readonly kind: 'json'; readonly value: JsonObject }
  | { readonly kind: 'table'; readonly table: PanelTable }

/** Wider tables are read better as they were written. */
const columnsMax = 200

/** Looks at a text by the ending of its file's name; undefined: it is a text, or not what the name promises. */
export function fileContent(name: string, text: string): FileContent | undefined {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  if (ending === 'json') {
    const value = parseJson(text)
    return isObject(value) && Object.keys(value).length > 0 ? { kind: 'json', value } : undefined
  }
  if (ending !== 'csv' && ending !== 'tsv') return undefined
  const [columns, ...rows] = parseDelimited(text, ending === 'csv' ? ',' : '\t')
  if (columns === undefined || columns.length < 2 || columns.length > columnsMax) return undefined
  return { kind: 'table', table: { columns, rows: rows.map((row) => row.map(toCell)) } }
}

function parseJson(text: string): StrictJson | undefined {
  try {
    return JSON.parse(text) as StrictJson
  } catch {
    return undefined
  }
}

/** A number where the text is exactly how one is written: `007` and `1e5` stay as they are. */
function toCell(text: string): string | number {
  return String(Number(text)) === text && Number.isFinite(Number(text)) ? Number(text) : text
}
