import {
  type ArrayColumn,
  type ArrayFile,
  type ColumnType,
  ProtocolError,
  type ReadNpzEffects,
  readArrayColumn,
  serializationOf,
} from '@lossline/protocol'
import { type CellsBuilder, createCells } from './cells.ts'
import { type TableColumn, type TableData, typeOfCells, uniqueNames } from './table-data.ts'
import type { TableParser } from './table-parser.ts'

/** What a parser has read so far, as a table. */
export function toTable(id: string, { names = [], types, columns, rowCount }: TableParser): TableData {
  const unique = uniqueNames(names)
  const made = names.map((name, index): TableColumn => {
    const cells = columns[index]?.cells ?? createCells().cells
    const type = types?.get(name)
    const said = toTypeName(type)
    return {
      name: unique[index]!,
      type: said === 'any' ? typeOfCells(cells) : said,
      cells,
      origin: { starts: [0], leaves: [id], types: [type] },
    }
  })
  return { columns: made, rowCount, sizeBytes: sizeOf(columns) }
}

/** Memory of columns. */
export function sizeOf(columns: readonly CellsBuilder[]): number {
  return columns.reduce((sum, { cells }) => sum + cells.sizeBytes, 0)
}

/** One word for the type of a column; that it may be empty is left out. */
export function toTypeName(type: ColumnType | undefined): string {
  if (type === undefined) return 'any'
  if (type.kind === 'union') {
    const names = type.members.filter(({ kind }) => kind !== 'none').map(toTypeName)
    return names.length === 1 ? names[0]! : 'any'
  }
  if (type.kind === 'named') return type.name
  return type.kind === 'image' ? 'image-file' : type.kind
}

/** What reading the arrays of a table works with. */
export interface ArrayFiles extends ReadNpzEffects {
  /** The bytes of a file of the table's version. */
  readonly readFile: (path: string) => Promise<Uint8Array | undefined>
  /** Throws when the columns take more memory than they may. */
  readonly checkSize: (sizeBytes: number) => void
}

/**
 * A table with the long arrays of numbers in it, which W&B's client puts into files of their own. A column whose file is gone,
 * damaged or too long stays empty: the others are shown all the same. Each file is read once, one after the other, however
 * many columns name it.
 */
export async function withArrays(
  table: TableData,
  { readFile, checkSize, inflateRaw }: ArrayFiles,
): Promise<TableData> {
  const columns = [...table.columns]
  let { sizeBytes } = table
  for (const [path, wanted] of arraysByPath(columns)) {
    const bytes = await readFile(path)
    if (bytes === undefined) continue
    for (const { at, name, type } of wanted) {
      const array = readArrays({ inflateRaw, bytes, name, type, rowCount: table.rowCount })
      if (array === undefined) continue
      const column = columns[at]!
      const cells = toCells(array)
      sizeBytes += cells.sizeBytes - column.cells.sizeBytes
      checkSize(sizeBytes)
      columns[at] = { ...column, cells }
    }
  }
  return { ...table, columns, sizeBytes: columns.reduce((sum, { cells }) => sum + cells.sizeBytes, 0) }
}

interface WantedArray {
  /** Place of its column. */
  readonly at: number
  /** In the file. */
  readonly name: string
  readonly type: ColumnType
}

function arraysByPath(columns: readonly TableColumn[]): Map<string, WantedArray[]> {
  const wanted = new Map<string, WantedArray[]>()
  for (const [at, { origin }] of columns.entries()) {
    const [type] = origin.types
    const place = type && serializationOf(type)
    if (type === undefined || place === undefined) continue
    const beside = wanted.get(place.path) ?? []
    beside.push({ at, name: place.key, type })
    wanted.set(place.path, beside)
  }
  return wanted
}

function readArrays(file: ArrayFile): ArrayColumn | undefined {
  try {
    return readArrayColumn(file)
  } catch (error) {
    if (error instanceof ProtocolError) return undefined
    throw error
  }
}

function toCells({ cells }: ArrayColumn): TableColumn['cells'] {
  const builder = createCells()
  const encoder = new TextEncoder()
  for (const cell of cells) {
    if (cell === null) builder.addMissing()
    else {
      const bytes = encoder.encode(listText(cell))
      builder.addCode('json', builder.pool.intern(bytes, 0, bytes.length))
    }
  }
  builder.compact()
  return builder.cells
}

/** In W&B's dialect: NaN as it is. */
function listText(cell: unknown): string {
  if (Array.isArray(cell) || ArrayBuffer.isView(cell))
    return `[${Array.from(cell as ArrayLike<unknown>, listText).join(', ')}]`
  return String(cell)
}
