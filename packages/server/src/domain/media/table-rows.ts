import type { ColumnType, MediaJson, ParsedTable, TableCell, TableColumnInfo } from '@lossline/protocol'

/** A cell of a table that was read. */
export type StoredCell = TableCell<MediaJson>

/** What a cell means depends on where it comes from. */
export interface CellSource {
  /** The version that its media are in; undefined for the file of a run, which has none. */
  readonly artifact: number | undefined
  /** Of its column; undefined where the table does not say. */
  readonly columnType: ColumnType | undefined
}

/** Rows to be read in pages, of one table or of several that belong together. */
export interface TableRows {
  /** Tells contents apart. */
  readonly id: string
  /** Each with a name of its own. */
  readonly columns: readonly TableColumnInfo[]
  readonly count: number
  /** @param index - From 0, in the order of logging. */
  cells(index: number): readonly StoredCell[]
  source(index: number, column: number): CellSource
}

/** The rows of one table. */
export function rowsOfTable(
  id: string,
  { columns, rows, types }: ParsedTable,
  artifact: number | undefined,
): TableRows {
  const sources = columns.map((name): CellSource => ({ artifact, columnType: types?.get(name) }))
  return {
    id,
    columns: columns.map((name) => ({ name, type: toTypeName(types?.get(name)) })),
    count: rows.length,
    cells: (index) => rows[index]!,
    source: (_, column) => sources[column]!,
  }
}

/** Tables one after the other, with the columns of the first; another table in their place is not mixed in. */
export function concatRows(tables: readonly [TableRows, ...TableRows[]]): TableRows {
  const { columns } = tables[0]
  const same = tables.filter((table) => table.columns.length === columns.length)
  const find = (index: number): { readonly table: TableRows; readonly index: number } => {
    let rest = index
    for (const table of same) {
      if (rest < table.count) return { table, index: rest }
      rest -= table.count
    }
    throw new RangeError(`There is no row ${index}.`)
  }
  return {
    id: tables.map(({ id }) => id).join(),
    columns,
    count: same.reduce((sum, { count }) => sum + count, 0),
    cells(index) {
      const found = find(index)
      return found.table.cells(found.index)
    },
    source(index, column) {
      const found = find(index)
      return found.table.source(found.index, column)
    },
  }
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
