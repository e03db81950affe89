import { type Cells, cellKinds } from './cells.ts'
import { type TableColumn, type TableData, typeOfCells } from './table-data.ts'

/** Columns of other types hold no numbers. */
const typesWithNumbers: ReadonlySet<string> = new Set(['number', 'any', 'unknown', 'none'])

/** Whether there is a gap that may have been NaN. */
export function mayHoldNaN(table: TableData): boolean {
  return table.columns.some(hasGaps)
}

function hasGaps({ cells, type }: TableColumn): boolean {
  return cells.kindCounts.missing > 0 && typesWithNumbers.has(type)
}

/**
 * The table with NaN where its copy in the run's files says so. W&B's clients write NaN as null into artifacts and as it is into the
 * copy, which has the first 10,000 rows: behind them the two cannot be told apart. A copy of something else changes nothing.
 */
export function restoreNaN(table: TableData, copy: TableData): TableData {
  const isSame =
    copy.rowCount <= table.rowCount &&
    copy.columns.length === table.columns.length &&
    copy.columns.every(({ name }, at) => name === table.columns[at]?.name)
  if (!isSame) return table
  const columns = table.columns.map((column, at) =>
    hasGaps(column) ? restored(column, copy.columns[at]!.cells) : column,
  )
  return { ...table, columns, sizeBytes: columns.reduce((sum, { cells }) => sum + cells.sizeBytes, 0) }
}

function restored(column: TableColumn, copy: Cells): TableColumn {
  const { cells, type } = column
  const found: number[] = []
  for (let row = 0; row < copy.length; row += 1) {
    const isFound = copy.kinds[row] === cellKinds.number && Number.isNaN(copy.numbers![row])
    if (isFound && cells.kinds[row] === cellKinds.missing) found.push(row)
  }
  if (found.length === 0) return column
  const kinds = cells.kinds.slice()
  const numbers = cells.numbers?.slice() ?? new Float64Array(cells.length)
  for (const row of found) {
    kinds[row] = cellKinds.number
    numbers[row] = Number.NaN
  }
  const { missing, number } = cells.kindCounts
  const kindCounts = { ...cells.kindCounts, missing: missing - found.length, number: number + found.length }
  const sizeBytes = cells.sizeBytes + numbers.byteLength - (cells.numbers?.byteLength ?? 0)
  const own = { ...cells, kinds, numbers, kindCounts, sizeBytes }
  return { ...column, cells: own, type: type === 'number' ? type : typeOfCells(own) }
}
