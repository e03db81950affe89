import type { ArtifactFileReference } from '@lossline/journal'
import {
  type ArrayColumn,
  type ColumnType,
  columnTypes,
  isMediaCell,
  type JsonValue,
  type MediaJson,
  optionalOf,
  type ParsedTable,
  parseJson,
  parseTable,
  readArrayColumn,
  serializationOf,
  type TableCell,
} from '@lossline/protocol'
import { inflateRaw } from '../media/media-file-access.ts'
import { MediaReference } from '../media/media-reference.ts'
import type { MediaValue } from '../media/media-value.ts'
import type { Cell } from './growing-cells.ts'
import { createGrowingColumn, type GrowingColumn } from './growing-column.ts'
import { toMediaCell } from './media-cell.ts'

/** What `Table.fromJson` needs to know of the artifact. */
export interface ReadTableOptions {
  /**
   * Where a file of the artifact is, by its path there, so that a table that is logged again can refer to it. Default:
   * nothing is known, and the files of media are not part of a table that is logged again.
   */
  findFile?(path: string): ArtifactFileReference | undefined
  /**
   * The bytes of a file of the artifact, by its path there: long arrays of numbers lie in files of their own. Default, and
   * for `undefined`: their columns are empty.
   */
  readFile?(path: string): Uint8Array | undefined
  /** The value for a media object. Default, and for `undefined`: a {@link MediaReference}. */
  toMedia?(json: MediaJson): MediaValue | undefined
}

/** A table as it was read. */
export interface ReadTable {
  readonly logMode: ParsedTable['logMode']
  readonly rowCount: number
  readonly columns: readonly GrowingColumn[]
}

/**
 * Reads the JSON of a table, given as text or as a value.
 *
 * @throws {@link ProtocolError} `invalid-json` or `invalid-table`.
 */
export function readTable(json: string | JsonValue, options: ReadTableOptions): ReadTable {
  const { columns, rows, types, logMode } = parseTable(typeof json === 'string' ? parseJson(json) : json)
  return {
    logMode,
    rowCount: rows.length,
    columns: columns.map((name, index) => {
      const type = types?.get(name) ?? optionalOf(columnTypes.any)
      const arrays = readArrays(type, rows.length, options)
      const column = createGrowingColumn({ name, type: arrays?.type ?? withoutFiles(type) })
      for (const [row, cells] of rows.entries()) {
        const cell = arrays === undefined ? toOwnCell(cells[index] ?? null, name, options) : (arrays.cells[row] ?? null)
        column.push(cell, column.type)
      }
      return column
    }),
  }
}

function readArrays(type: ColumnType, rowCount: number, { readFile }: ReadTableOptions): ArrayColumn | undefined {
  const serialization = serializationOf(type)
  const bytes = serialization === undefined ? undefined : readFile?.(serialization.path)
  return serialization && bytes && readArrayColumn({ bytes, name: serialization.key, type, rowCount, inflateRaw })
}

/** Without the file of its numbers a column is empty, and says nothing of a type. */
function withoutFiles(type: ColumnType): ColumnType {
  if (type.kind === 'array' && type.serialization !== undefined) return columnTypes.unknown
  return type.kind === 'union' ? { kind: 'union', members: type.members.map(withoutFiles) } : type
}

function toOwnCell(cell: TableCell<MediaJson>, name: string, options: ReadTableOptions): Cell {
  if (typeof cell !== 'object' || cell === null || cell instanceof Date) return cell
  if (isMediaCell(cell)) {
    const given = options.toMedia?.(cell.media)
    if (given !== undefined) return toMediaCell(given, name)
    const { path } = cell.media
    const file = typeof path === 'string' ? options.findFile?.(path) : undefined
    return toMediaCell(new MediaReference(cell.media, cell.columnType, file), name)
  }
  if (Array.isArray(cell)) return cell.map((member: TableCell<MediaJson>) => toOwnCell(member, name, options))
  if (cell instanceof Map) return new Map([...cell].map(([key, member]) => [key, toOwnCell(member, name, options)]))
  // A typed array; JSON has none.
  return null
}
