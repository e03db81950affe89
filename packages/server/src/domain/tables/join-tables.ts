import { cellKinds, createCells } from './cells.ts'
import { appendCells, cellRow, ownBytes, type TableColumn, type TableData, uniqueNames } from './table-data.ts'
import { TableError } from './table-error.ts'

/** Keys that occur often in both tables make more rows than either has. */
const joinedRowsMax = 1_000_000
const none = -1

/**
 * Two tables side by side, where their keys are equal: one row for every pair, in the order of the first table; then what only the
 * second one has. Rows without a partner are there too, since whoever compares two tables looks for them. Both keys are one column,
 * the first table's; of other columns that both have, those of the second one are called `name (2)`.
 *
 * @param keys - A column of each.
 * @throws {@link TableError} `invalid`: a key is no column; `too-large`: more than 1,000,000 rows.
 */
export function joinTables(left: TableData, right: TableData, keys: readonly [string, string]): TableData {
  const leftKey = keyColumn(left, keys[0])
  const rightKey = keyColumn(right, keys[1])
  const pairs = findPairs(left, leftKey, right, rightKey)
  const others = right.columns.filter((column) => column !== rightKey)
  const names = uniqueNames([...left.columns, ...others].map(({ name }) => name))
  const columns = [
    ...left.columns.map((column) =>
      column === leftKey ? joinKeys(leftKey, rightKey, pairs) : { ...column, rows: through(column, pairs.left) },
    ),
    ...others.map((column) => ({ ...column, rows: through(column, pairs.right) })),
  ].map((column, index) => ({ ...column, name: names[index]! }))
  return {
    columns,
    rowCount: pairs.left.length,
    sizeBytes: ownBytes(columns, [...left.columns, ...right.columns]),
  }
}

/**
 * Tables side by side by one column, each other column beside its namesakes of the other tables.
 *
 * @throws {@link TableError} as of {@link joinTables}.
 */
export function compareTables(tables: readonly TableData[], key: string): TableData {
  const marked = tables.map(
    (table, source): TableData => ({
      ...table,
      columns: table.columns.map((column) => (column.name === key ? column : { ...column, source, base: column.name })),
    }),
  )
  const joined = marked.reduce((left, right) => joinTables(left, right, [key, key]))
  const bases = [...new Set(joined.columns.map(({ base }) => base))]
  // The key has no base and stays in front.
  const order = [undefined, ...bases.filter((base) => base !== undefined)]
  const columns = order.flatMap((base) => joined.columns.filter((column) => column.base === base))
  const sizeBytes = ownBytes(
    columns,
    tables.flatMap((table) => table.columns),
  )
  return { ...joined, columns, sizeBytes }
}

interface Pairs {
  readonly left: Int32Array
  readonly right: Int32Array
}

function findPairs(left: TableData, leftKey: TableColumn, right: TableData, rightKey: TableColumn): Pairs {
  const byKey = new Map<string, number[]>()
  for (let row = 0; row < right.rowCount; row += 1) {
    const key = keyText(rightKey, row)
    if (key === undefined) continue
    const known = byKey.get(key)
    if (known === undefined) byKey.set(key, [row])
    else known.push(row)
  }
  const pairs = { left: [] as number[], right: [] as number[] }
  const isPaired = new Uint8Array(right.rowCount)
  const add = (inLeft: number, inRight: number): void => {
    if (pairs.left.length === joinedRowsMax) {
      throw new TableError(
        'too-large',
        `The joined table has more than ${joinedRowsMax} rows, since keys occur several times in both tables.`,
        'Join by a key that is different in each row.',
      )
    }
    pairs.left.push(inLeft)
    pairs.right.push(inRight)
    if (inRight !== none) isPaired[inRight] = 1
  }
  for (let row = 0; row < left.rowCount; row += 1) {
    const key = keyText(leftKey, row)
    for (const partner of (key === undefined ? undefined : byKey.get(key)) ?? [none]) add(row, partner)
  }
  for (let row = 0; row < right.rowCount; row += 1) if (!isPaired[row]) add(none, row)
  return { left: Int32Array.from(pairs.left), right: Int32Array.from(pairs.right) }
}

/** Undefined for what equals nothing, as in databases. The number 1 is not the text "1". */
function keyText(column: TableColumn, row: number): string | undefined {
  const at = cellRow(column, row)
  const { kinds, numbers, codes, pool } = column.cells
  const kind = at < 0 ? cellKinds.missing : kinds[at]!
  if (kind === cellKinds.missing) return undefined
  if (kind >= cellKinds.integer) return `${kind} ${pool.text(codes![at]!)}`
  const value = numbers![at]!
  return Number.isNaN(value) ? undefined : `${kind} ${value}`
}

/** The rows of a column's cells for rows of a table that are chosen anew. */
function through(column: TableColumn, chosen: Int32Array): Int32Array {
  return column.rows === undefined ? chosen : chosen.map((row) => (row < 0 ? none : column.rows![row]!))
}

/** The keys of the first table, and those that only the second one has, among the same cells. */
function joinKeys(left: TableColumn, right: TableColumn, pairs: Pairs): TableColumn {
  if (!pairs.left.includes(none)) return { ...left, rows: through(left, pairs.left) }
  const builder = createCells()
  for (const { cells } of [left, right]) appendCells(builder, cells)
  const leftLength = left.cells.length
  return {
    ...left,
    cells: builder.cells,
    rows: pairs.left.map((row, at) =>
      row === none ? leftLength + cellRow(right, pairs.right[at]!) : cellRow(left, row),
    ),
    origin: {
      starts: [...left.origin.starts, ...right.origin.starts.map((start) => leftLength + start)],
      leaves: [...left.origin.leaves, ...right.origin.leaves],
      types: [...left.origin.types, ...right.origin.types],
    },
  }
}

function keyColumn({ columns }: TableData, name: string): TableColumn {
  const found = columns.find((column) => column.name === name)
  if (found !== undefined) return found
  throw new TableError('invalid', `The table is joined by "${name}", which is no column of it.`)
}
