import { isMediaCell } from '@lossline/protocol'
import { ServerError } from '../../errors.ts'
import type { RowsQuery } from './read-table.ts'
import { cellText } from './table-cells.ts'
import type { StoredCell, TableRows } from './table-rows.ts'

/**
 * Indexes of the rows that match, in the asked order; undefined: all, as logged. Numbers and times come before texts; missing
 * values and NaN last, whatever the direction.
 *
 * @throws {@link ServerError} `invalid-request` for a column that there is not.
 */
export function orderRows(
  rows: TableRows,
  { sort, isDescending, search }: Pick<RowsQuery, 'sort' | 'isDescending' | 'search'>,
): Uint32Array | undefined {
  if (sort === undefined && search === '') return undefined
  const wanted = search.toLowerCase()
  const matching: number[] = []
  for (let index = 0; index < rows.count; index += 1) {
    if (wanted === '' || rows.cells(index).some((cell) => cellText(cell).toLowerCase().includes(wanted))) {
      matching.push(index)
    }
  }
  if (sort === undefined) return Uint32Array.from(matching)
  const column = rows.columns.findIndex(({ name }) => name === sort)
  if (column < 0) throw new ServerError({ code: 'invalid-request', message: `The table has no column "${sort}".` })
  const keyed = matching.map((index) => ({ index, key: toSortKey(rows.cells(index)[column] ?? null) }))
  const direction = isDescending ? -1 : 1
  keyed.sort((a, b) => compareKeys(a.key, b.key, direction) || a.index - b.index)
  return Uint32Array.from(keyed, ({ index }) => index)
}

type SortKey = number | string | undefined

function toSortKey(cell: StoredCell): SortKey {
  if (cell === null) return undefined
  if (typeof cell === 'number') return Number.isNaN(cell) ? undefined : cell
  if (typeof cell === 'boolean' || typeof cell === 'bigint') return Number(cell)
  if (cell instanceof Date) return cell.getTime()
  if (isMediaCell(cell)) return typeof cell.media.caption === 'string' ? cell.media.caption : ''
  return cellText(cell)
}

const collator = new Intl.Collator('en', { numeric: true })

function compareKeys(a: SortKey, b: SortKey, direction: number): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  if (typeof a === 'number' && typeof b === 'number') return (a - b) * direction
  if (typeof a === 'string' && typeof b === 'string') return collator.compare(a, b) * direction
  return (typeof a === 'number' ? -1 : 1) * direction
}
