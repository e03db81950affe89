import type { JsonValue } from '../json/json-value.ts'
import { type ColumnCells, createCellReader, type TableColumn } from './column-cells.ts'
import { type ColumnType, columnTypes } from './column-type.ts'
import { toTableTypeJson } from './column-type-json.ts'
import { type JsonStyle, toJsonText, toNumberText, toStringText } from './python-json.ts'
import { isMediaCell, isNumericArray, type MediaCell, type TableCell } from './table-cell.ts'

/** How a table is logged again after it changed; see the `Table` of the SDK. */
export type TableLogMode = 'IMMUTABLE' | 'MUTABLE' | 'INCREMENTAL'

/** Rows of a table that are in the file of a run at most; W&B's page shows no more. */
export const runTableRowCountMax = 10_000
/** Rows of a table that are in an artifact at most. */
export const artifactTableRowCountMax = 200_000
/** Arrays of numbers up to this length are lists in an artifact's table; longer ones go into a file of their own. */
export const embeddedArrayLengthMax = 150

// Long enough for few system calls, short enough to be nothing in memory.
const pieceLength = 2 ** 16

/** What a table's file in an artifact says beside its cells. */
export interface ArtifactTableOptions<Media> {
  readonly logMode: TableLogMode
  /** Only of a table that is logged in increments. */
  readonly increment?: { readonly number: number; readonly previousPaths: readonly string[] }
  /** Columns whose numbers lie in another file; their cells are null. */
  readonly serializedColumns?: ReadonlyMap<string, ColumnType>
  /** What stands for a media cell, after its file has been put into the artifact. */
  toMediaJson(cell: MediaCell<Media>): JsonValue
}

/**
 * The text of a table's file in a run, piece by piece: `{"columns":[…],"data":[[…]]}`, at most
 * {@link runTableRowCountMax} rows, media as the names of their classes, times as ISO text.
 */
export function* toRunTableText<Media>(columns: readonly TableColumn<Media>[], rowCount: number): Generator<string> {
  const names = toJsonText(
    columns.map(({ name }) => name),
    'compact',
  )
  const toText = (cell: TableCell<Media>) => toCellText(cell, 'compact', ({ className }) => className)
  yield* rowsText({
    start: `{"columns":${names},"data":[`,
    end: ']}',
    writers: columns.map(({ cells }) => createCellWriter(cells, 'compact', toText)),
    rowCount: Math.min(rowCount, runTableRowCountMax),
    style: 'compact',
  })
}

/**
 * The text of a table's file in an artifact, piece by piece: all keys sorted, at most
 * {@link artifactTableRowCountMax} rows, media as objects, times as Unix milliseconds, NaN as null.
 */
export function* toArtifactTableText<Media>(
  columns: readonly TableColumn<Media>[],
  rowCount: number,
  options: ArtifactTableOptions<Media>,
): Generator<string> {
  const { logMode, increment, serializedColumns } = options
  const writtenRowCount = Math.min(rowCount, artifactTableRowCountMax)
  const types = new Map(columns.map(({ name, type }) => [name, serializedColumns?.get(name) ?? embedArrays(type)]))
  const text = (value: JsonValue) => toJsonText(value, 'spaced')
  const toText = (cell: TableCell<Media>) => toCellText(cell, 'spaced', options.toMediaJson)
  const names = columns.map(({ name }) => name)
  const incrementText = increment === undefined ? '' : `"increment_num": ${increment.number}, `
  const previousText =
    increment === undefined ? '' : `, "previous_increments_paths": ${text([...increment.previousPaths])}`
  yield* rowsText({
    start: `{"_type": "table", "column_types": ${text(toTableTypeJson(types))}, "columns": ${text(names)}, "data": [`,
    end: `], ${incrementText}"log_mode": "${logMode}", "ncols": ${names.length}, "nrows": ${writtenRowCount}${previousText}}`,
    writers: columns.map(({ name, cells }) =>
      serializedColumns?.has(name) ? () => 'null' : createCellWriter(cells, 'spaced', toText),
    ),
    rowCount: writtenRowCount,
    style: 'spaced',
  })
}

/** The type of short arrays once they are in an artifact: lists of numbers. */
function embedArrays(type: ColumnType): ColumnType {
  if (type.kind === 'array') return { kind: 'list', element: columnTypes.number, length: type.shape[0] ?? null }
  return type.kind === 'union' ? { kind: 'union', members: type.members.map(embedArrays) } : type
}

interface RowsText {
  readonly start: string
  readonly end: string
  /** One for each column; gives the text of the next row's cell. */
  readonly writers: readonly (() => string)[]
  readonly rowCount: number
  readonly style: JsonStyle
}

function* rowsText({ start, end, writers, rowCount, style }: RowsText): Generator<string> {
  const comma = style === 'compact' ? ',' : ', '
  let piece = start
  for (let row = 0; row < rowCount; row += 1) {
    piece += row === 0 ? '[' : `${comma}[`
    for (let index = 0; index < writers.length; index += 1) {
      if (index > 0) piece += comma
      piece += (writers[index] as () => string)()
    }
    piece += ']'
    if (piece.length < pieceLength) continue
    yield piece
    piece = ''
  }
  yield piece + end
}

function createCellWriter<Media>(
  cells: ColumnCells<Media>,
  style: JsonStyle,
  toText: (cell: TableCell<Media>) => string,
): () => string {
  if (cells.kind === 'numbers') {
    const { values, missing, isFloat } = cells
    let row = -1
    return () => {
      row += 1
      return missing?.[row] === 1 ? 'null' : toNumberText(values[row] as number, style, isFloat)
    }
  }
  const read = createCellReader(cells)
  return () => toText(read())
}

function toCellText<Media>(
  cell: TableCell<Media>,
  style: JsonStyle,
  toMedia: (cell: MediaCell<Media>) => JsonValue,
): string {
  switch (typeof cell) {
    case 'string':
      return toStringText(cell, style)
    case 'number':
      return toNumberText(cell, style)
    case 'boolean':
    case 'bigint':
      return String(cell)
    default:
      return toJsonText(toCellJson(cell, style, toMedia), style)
  }
}

function toCellJson<Media>(
  cell: TableCell<Media>,
  style: JsonStyle,
  toMedia: (cell: MediaCell<Media>) => JsonValue,
): JsonValue {
  if (cell === null || typeof cell !== 'object') return cell
  if (cell instanceof Date) return style === 'compact' ? cell.toISOString() : cell.getTime()
  if (isNumericArray(cell)) return Array.from(cell)
  if (isMediaCell(cell)) return toMedia(cell)
  if (cell instanceof Map) {
    const object: Record<string, JsonValue> = Object.create(null)
    for (const [key, member] of cell) object[key] = toCellJson(member, style, toMedia)
    return object
  }
  // Neither of the above: a list.
  return (cell as readonly TableCell<Media>[]).map((member) => toCellJson(member, style, toMedia))
}
