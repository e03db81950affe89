import { ProtocolError } from '../errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts'
import type { ColumnType } from './column-type.ts'
import { parseTableTypes } from './column-type-json.ts'
import type { MediaCell, TableCell } from './table-cell.ts'
import type { TableLogMode } from './table-text.ts'

/** A media object in a table that was read: what its JSON says, with the `path` of its file in the artifact. */
export type MediaJson = JsonObject & { readonly _type: string }

/** A table as its JSON holds it. */
export interface ParsedTable {
  readonly columns: readonly string[]
  /** One list of cells a row, in the order of the columns. */
  readonly rows: readonly (readonly TableCell<MediaJson>[])[]
  /** By column. `undefined` for the file of a run, which does not say. */
  readonly types: ReadonlyMap<string, ColumnType> | undefined
  readonly logMode: TableLogMode
  /** Only of a table that is logged in increments. */
  readonly incrementNumber: number | undefined
}

/**
 * Reads the JSON of a table: a file `….table.json` of an artifact or of a run. Numbers in columns of times become
 * Dates, objects Maps, and objects with a `_type` media cells.
 *
 * @throws {@link ProtocolError} `invalid-table` when it is no table.
 */
export function parseTable(json: JsonValue): ParsedTable {
  if (!isJsonObject(json)) throw invalid('it is no object')
  const { columns, data, log_mode: logMode, column_types: typesJson } = json
  if (!isList(columns)) throw invalid('columns is no list')
  if (!isList(data)) throw invalid('data is no list')
  const names = columns.map(String)
  const types = typesJson === undefined || typesJson === null ? undefined : parseTableTypes(typesJson)
  const isTimestamp = names.map((name) => holdsTimestamps(types?.get(name)))
  const rows = data.map((row, index) => {
    if (!isList(row) || row.length !== names.length) throw invalid(`row ${index} has not ${names.length} cells`)
    return row.map((cell, column) =>
      isTimestamp[column] ? toTime(cell) : toCell(cell, types?.get(names[column] ?? '')),
    )
  })
  const increment = json.increment_num
  return {
    columns: names,
    rows,
    types,
    logMode: logMode === 'MUTABLE' || logMode === 'INCREMENTAL' ? logMode : 'IMMUTABLE',
    incrementNumber: typeof increment === 'number' ? increment : undefined,
  }
}

function toTime(cell: JsonValue): TableCell<MediaJson> {
  return typeof cell === 'number' && Number.isFinite(cell) ? new Date(cell) : toCell(cell, undefined)
}

function toCell(json: JsonValue, type: ColumnType | undefined): TableCell<MediaJson> {
  if (json === null || typeof json !== 'object') return json
  if (!isJsonObject(json)) return json.map((member) => toCell(member, undefined))
  if (typeof json._type === 'string') return toMediaCell(json as MediaJson, type)
  return new Map(Object.entries(json).map(([key, member]) => [key, toCell(member, undefined)]))
}

function toMediaCell(media: MediaJson, columnType: ColumnType | undefined): MediaCell<MediaJson> {
  return {
    columnType: findMediaType(columnType) ?? { kind: 'named', name: media._type },
    className: media._type,
    media,
  }
}

/** The member of a column's type that its media cells have. */
function findMediaType(type: ColumnType | undefined): ColumnType | undefined {
  const members = type?.kind === 'union' ? type.members : [type]
  return members.find((member) => member?.kind === 'image' || member?.kind === 'named')
}

function holdsTimestamps(type: ColumnType | undefined): boolean {
  return type?.kind === 'timestamp' || (type?.kind === 'union' && type.members.some(holdsTimestamps))
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function invalid(what: string): ProtocolError {
  return new ProtocolError({ code: 'invalid-table', message: `Not a table of W&B's: ${what}.` })
}
