import type { ColumnType } from '@lossline/protocol'
import { type Cells, type CellsBuilder, cellKinds, createCells } from './cells.ts'
import { TableError } from './table-error.ts'

/** Where the cells of a column come from: rows from `starts[i]` on are of `leaves[i]`. */
export interface Origin {
  readonly starts: readonly number[]
  /** Ids of the files. */
  readonly leaves: readonly string[]
  /** What each file says of the column. */
  readonly types: readonly (ColumnType | undefined)[]
}

/** A column of a table that is asked. */
export interface TableColumn {
  /** Of its own in the table. */
  readonly name: string
  /** One word: `number`, `string`, `boolean`, `timestamp`, `image-file`, …; `any` where it is mixed. */
  readonly type: string
  readonly cells: Cells
  /** For each row of the table its row among the cells, −1 = none; undefined: the same row. */
  readonly rows?: Int32Array
  readonly origin: Origin
  /** Of tables side by side: the place of the table it is of, from 0, and its name there. */
  readonly source?: number
  readonly base?: string
}

/** A table: of a file, or made of several. */
export interface TableData {
  readonly columns: readonly TableColumn[]
  readonly rowCount: number
  /** Without what it shares with the tables that it is made of. */
  readonly sizeBytes: number
}

/** The row among a column's cells of a row of the table; −1 = there is none. */
export function cellRow(column: TableColumn, row: number): number {
  return column.rows === undefined ? row : column.rows[row]!
}

/** Memory that columns take beyond what other columns hold already: cells and rows are often shared. */
export function ownBytes(columns: readonly TableColumn[], others: readonly TableColumn[]): number {
  const known = new Set<unknown>(others.flatMap(({ cells, rows }) => [cells, rows]))
  let sum = 0
  for (const { cells, rows } of columns) {
    if (!known.has(cells)) sum += cells.sizeBytes
    if (rows !== undefined && !known.has(rows)) sum += rows.byteLength
    known.add(cells).add(rows)
  }
  return sum
}

/** The kind of a cell. */
export function kindAt(column: TableColumn, row: number): number {
  const at = cellRow(column, row)
  return at < 0 ? cellKinds.missing : column.cells.kinds[at]!
}

/** A cell as number: booleans are 0 and 1; NaN for everything that is none. */
export function numberAt(column: TableColumn, row: number): number {
  const at = cellRow(column, row)
  if (at < 0) return Number.NaN
  const kind = column.cells.kinds[at]!
  return kind === cellKinds.missing || kind > cellKinds.integer ? Number.NaN : column.cells.numbers![at]!
}

/** The code of a text, JSON or integer. */
export function codeAt(column: TableColumn, row: number): number {
  return column.cells.codes![cellRow(column, row)]!
}

/** A column by its name. @throws {@link TableError} `invalid` when there is none. */
export function columnNamed(columns: readonly TableColumn[], name: string): TableColumn {
  const found = columns.find((column) => column.name === name)
  if (found !== undefined) return found
  throw new TableError('invalid', `The table has no column "${name}".`)
}

/** The file that a row of a column is of, as a place in its origin. */
export function originAt({ origin }: TableColumn, at: number): number {
  let found = origin.starts.length - 1
  while (found > 0 && origin.starts[found]! > at) found -= 1
  return found
}

/** Names with a number behind those that were there before. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let own = name
    for (let number = 2; taken.has(own); number += 1) own = `${name} (${number})`
    taken.add(own)
    return own
  })
}

/** The type of a column by its cells, where the file does not say it. */
export function typeOfCells({ kindCounts, codes, pool, length }: Cells): string {
  const { missing, number, boolean, integer, text, json } = kindCounts
  const filled = length - missing
  if (filled === 0) return 'any'
  if (number + integer === filled) return 'number'
  if (boolean === filled) return 'boolean'
  if (text === filled) return 'string'
  if (json < filled || codes === undefined) return 'any'
  const found = /^\{\s*"_type":\s*"([\w-]{1,40})"/.exec(pool.start(0, 80).text)
  return found?.[1] ?? 'any'
}

/** What tables behind each other say of where a row is from. */
export interface Labels {
  readonly column: string
  /** One for each table. */
  readonly values: readonly string[]
}

/**
 * Tables behind each other.
 *
 * `same`: with the columns of the first, by their places; a table of another width is left out. `union`: with all columns, by
 * name; where a table lacks one, its cells are missing.
 */
export function concatTables(tables: readonly TableData[], mode: 'same' | 'union', labels?: Labels): TableData {
  const first = tables[0]!
  if (tables.length === 1 && labels === undefined) return first
  const used = mode === 'union' ? tables : tables.filter(({ columns }) => columns.length === first.columns.length)
  const names = mode === 'union' ? [...new Set(used.flatMap(({ columns }) => columns.map(({ name }) => name)))] : []
  const rowCount = used.reduce((sum, table) => sum + table.rowCount, 0)
  const merged =
    mode === 'union'
      ? names.map((name) => {
          const parts = used.map(({ columns }) => columns.find((column) => column.name === name))
          return concatColumn(name, parts, used)
        })
      : first.columns.map(({ name }, index) =>
          concatColumn(
            name,
            used.map(({ columns }) => columns[index]!),
            used,
          ),
        )
  const columns = labels === undefined ? merged : [labelColumn(labels, used, names), ...merged]
  return { columns, rowCount, sizeBytes: columns.reduce((sum, { cells }) => sum + cells.sizeBytes, 0) }
}

function labelColumn({ column, values }: Labels, tables: readonly TableData[], names: readonly string[]): TableColumn {
  const builder = createCells()
  const encoder = new TextEncoder()
  for (const [index, { rowCount }] of tables.entries()) {
    const bytes = encoder.encode(values[index] ?? '')
    const code = builder.pool.intern(bytes, 0, bytes.length)
    for (let row = 0; row < rowCount; row += 1) builder.addCode('text', code)
  }
  const name = uniqueNames([...names, column]).at(-1)!
  return { name, type: 'string', cells: builder.cells, origin: { starts: [0], leaves: [''], types: [undefined] } }
}

function concatColumn(
  name: string,
  parts: readonly (TableColumn | undefined)[],
  tables: readonly TableData[],
): TableColumn {
  const builder = createCells()
  const starts: number[] = []
  const leaves: string[] = []
  const types: (ColumnType | undefined)[] = []
  for (const [index, part] of parts.entries()) {
    const { rowCount } = tables[index]!
    const start = builder.cells.length
    if (part === undefined) {
      for (let row = 0; row < rowCount; row += 1) builder.addMissing()
      continue
    }
    for (const [place, own] of part.origin.starts.entries()) {
      starts.push(start + own)
      leaves.push(part.origin.leaves[place]!)
      types.push(part.origin.types[place])
    }
    appendCells(builder, part.cells, rowCount, part.rows)
  }
  const known = new Set(parts.filter((part) => part !== undefined).map(({ type }) => type))
  known.delete('any')
  return {
    name,
    type: known.size === 1 ? [...known][0]! : 'any',
    cells: builder.cells,
    origin: { starts: starts.length === 0 ? [0] : starts.with(0, 0), leaves, types },
  }
}

/** Adds cells to a column: all of them, or those of so many rows. */
export function appendCells(
  builder: CellsBuilder,
  { kinds, numbers, codes, pool, length }: Cells,
  rowCount: number = length,
  rows?: Int32Array,
): void {
  const codeMap = new Int32Array(pool.count).fill(-1)
  for (let row = 0; row < rowCount; row += 1) {
    const at = rows === undefined ? row : rows[row]!
    const kind = at < 0 ? cellKinds.missing : kinds[at]!
    if (kind === cellKinds.missing) builder.addMissing()
    else if (kind === cellKinds.number) builder.addNumber(numbers![at]!)
    else if (kind === cellKinds.boolean) builder.addBoolean(numbers![at] === 1)
    else {
      const code = codes![at]!
      if (codeMap[code] === -1) {
        codeMap[code] = builder.pool.intern(pool.bytes, pool.offsets[code]!, pool.offsets[code + 1]!)
      }
      const name = kind === cellKinds.integer ? 'integer' : kind === cellKinds.text ? 'text' : 'json'
      builder.addCode(name, codeMap[code]!, kind === cellKinds.integer ? numbers![at]! : undefined)
    }
  }
}
