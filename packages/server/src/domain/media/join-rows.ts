import { ServerError } from '../../errors.ts'
import { cellText } from './table-cells.ts'
import type { StoredCell, TableRows } from './table-rows.ts'

/** Keys that occur often in both tables make more rows than either has. */
const joinedRowsMax = 1_000_000
const none = -1

/**
 * Two tables side by side, where their keys are equal: one row for every pair, in the order of the first table; then what
 * only the second one has. Rows without a partner are there too, since whoever compares two tables looks for them. Both keys
 * are one column, the first table's; of other columns that both have, those of the second one are called `name (2)`.
 *
 * @throws {@link ServerError} `invalid-request`: a key is no column; `request-too-large`: more than 1,000,000 rows.
 */
export function joinRows(left: TableRows, right: TableRows, keys: readonly [string, string]): TableRows {
  const leftKey = columnOf(left, keys[0])
  const rightKey = columnOf(right, keys[1])
  const pairs = findPairs(left, leftKey, right, rightKey)
  const leftNames = new Set(left.columns.map(({ name }) => name))
  const rightColumns = right.columns.map((_, column) => column).filter((column) => column !== rightKey)
  const ownColumns = rightColumns.map((column) => {
    const { name, type } = right.columns[column]!
    return { name: leftNames.has(name) ? `${name} (2)` : name, type }
  })
  return {
    id: JSON.stringify([left.id, right.id, keys]),
    columns: [...left.columns, ...ownColumns],
    count: pairs.left.length,
    cells(index) {
      const inLeft = pairs.left[index]!
      const inRight = pairs.right[index]!
      const first = inLeft === none ? new Array<StoredCell>(left.columns.length).fill(null) : left.cells(inLeft)
      const second = inRight === none ? undefined : right.cells(inRight)
      const cells = [...first, ...rightColumns.map((column) => second?.[column] ?? null)]
      if (inLeft === none) cells[leftKey] = second?.[rightKey] ?? null
      return cells
    },
    source(index, column) {
      const inLeft = pairs.left[index]!
      const inRight = pairs.right[index]!
      const ofRight = rightColumns[column - left.columns.length]
      if (ofRight === undefined && inLeft !== none) return left.source(inLeft, column)
      // Where the row has nothing, nothing will be asked of it.
      if (inRight === none) return { artifact: undefined, columnType: undefined }
      return right.source(inRight, ofRight ?? rightKey)
    },
  }
}

/** For each joined row the index of that of each table, or {@link none}. */
interface Pairs {
  readonly left: readonly number[]
  readonly right: readonly number[]
}

function findPairs(left: TableRows, leftKey: number, right: TableRows, rightKey: number): Pairs {
  const byKey = new Map<string, number[]>()
  for (let index = 0; index < right.count; index += 1) {
    const key = keyText(right.cells(index)[rightKey])
    if (key === undefined) continue
    const known = byKey.get(key)
    if (known === undefined) byKey.set(key, [index])
    else known.push(index)
  }
  const pairs = { left: [] as number[], right: [] as number[] }
  const isPaired = new Uint8Array(right.count)
  const add = (inLeft: number, inRight: number): void => {
    if (pairs.left.length === joinedRowsMax) {
      throw new ServerError({
        code: 'request-too-large',
        message: `The joined table has more than ${joinedRowsMax} rows, since keys occur several times in both tables.`,
        hint: 'Join by a key that is different in each row.',
      })
    }
    pairs.left.push(inLeft)
    pairs.right.push(inRight)
    if (inRight !== none) isPaired[inRight] = 1
  }
  for (let index = 0; index < left.count; index += 1) {
    const key = keyText(left.cells(index)[leftKey])
    for (const partner of (key === undefined ? undefined : byKey.get(key)) ?? [none]) add(index, partner)
  }
  for (let index = 0; index < right.count; index += 1) if (!isPaired[index]) add(none, index)
  return pairs
}

/** Undefined for what equals nothing, as in databases. The number 1 is not the text "1". */
function keyText(cell: StoredCell | undefined): string | undefined {
  if (cell === null || cell === undefined || Number.isNaN(cell)) return undefined
  return `${typeof cell} ${cellText(cell)}`
}

function columnOf({ columns }: TableRows, name: string): number {
  const column = columns.findIndex((known) => known.name === name)
  if (column >= 0) return column
  throw new ServerError({
    code: 'invalid-request',
    message: `The table is joined by "${name}", which is no column of it.`,
  })
}
