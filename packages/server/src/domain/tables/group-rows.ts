import { cellKinds } from './cells.ts'
import {
  countValues,
  findRange,
  type Histogram,
  type NumberSummary,
  summarizeNumbers,
  type ValueCount,
} from './describe-columns.ts'
import { readCell } from './read-cell.ts'
import { type RanksOf, sortRows } from './sort-rows.ts'
import { cellRow, numberAt, type TableColumn } from './table-data.ts'
import { type CheckCancelled, rowsBetweenChecks } from './table-error.ts'
import type { RawCell } from './table-request.ts'

/** Rows that have the same values in some columns. */
export interface Groups {
  readonly count: number
  /** Its rows, in their order. */
  rowsOf(group: number): Uint32Array
  /** The first row of a group. */
  firstRow(group: number): number
}

/** A cell of a group: what its rows have in a column. */
export interface GroupSummary {
  readonly missingCount: number
  readonly numbers?: NumberSummary
  readonly histogram?: Histogram
  readonly values?: {
    readonly distinctCount: number
    /** `cell`: of what was logged as JSON, such as a picture. */
    readonly top: readonly (ValueCount & { readonly cell?: RawCell })[]
  }
}

const groupBinCount = 16
const groupTopCount = 3
/** A text, a list and an integer may be written alike. */
const textKinds = 3

/** Groups rows by columns: the largest group first, groups of one size in the order of their first rows. */
export function groupRows(keys: readonly TableColumn[], rows: Uint32Array, check: CheckCancelled): Groups {
  const { ids, count } = keys.reduce<Ids>((before, key) => refine(before, valueIds(key, rows, check)), {
    ids: new Uint32Array(rows.length),
    count: rows.length === 0 ? 0 : 1,
  })
  const sizes = new Uint32Array(count)
  for (const id of ids) sizes[id]! += 1
  const order = Array.from(sizes, (_, id) => id).sort((a, b) => sizes[b]! - sizes[a]! || a - b)
  const starts = new Uint32Array(count + 1)
  for (const [place, id] of order.entries()) starts[place + 1] = starts[place]! + sizes[id]!
  const placeOf = new Uint32Array(count)
  for (const [place, id] of order.entries()) placeOf[id] = place
  const next = starts.slice()
  const members = new Uint32Array(rows.length)
  for (let index = 0; index < rows.length; index += 1) members[next[placeOf[ids[index]!]!]!++] = rows[index]!
  return {
    count,
    rowsOf: (group) => members.subarray(starts[group]!, starts[group + 1]!),
    firstRow: (group) => members[starts[group]!]!,
  }
}

/** The groups in the order of their values in key columns, or of the means of other columns. */
export function sortGroups(
  groups: Groups,
  sort: readonly { readonly column: TableColumn; readonly isKey: boolean; readonly isDescending: boolean }[],
  ranksOf: RanksOf,
  check: CheckCancelled,
): Uint32Array {
  let order = Uint32Array.from({ length: groups.count }, (_, group) => group)
  for (const { column, isKey, isDescending } of sort.toReversed()) {
    if (isKey) {
      const rows = Uint32Array.from(order, (group) => groups.firstRow(group))
      const groupOf = new Map(Array.from(order, (group) => [groups.firstRow(group), group]))
      order = sortRows(rows, [{ column, isDescending }], ranksOf, check).map((row) => groupOf.get(row)!)
      continue
    }
    const means = Float64Array.from({ length: groups.count }, (_, group) => {
      if (group % 1024 === 0) check()
      return meanOf(column, groups.rowsOf(group))
    })
    const sorted = Array.from(order).sort((a, b) => {
      const [one, other] = [means[a]!, means[b]!]
      if (Number.isNaN(one) || Number.isNaN(other)) return Number(Number.isNaN(one)) - Number(Number.isNaN(other))
      return isDescending ? other - one : one - other
    })
    order = Uint32Array.from(sorted)
  }
  return order
}

/** Of finite numbers and booleans; NaN of none. */
function meanOf(column: TableColumn, rows: Uint32Array): number {
  let [sum, count] = [0, 0]
  for (const row of rows) {
    const value = numberAt(column, row)
    if (!Number.isFinite(value)) continue
    sum += value
    count += 1
  }
  return count === 0 ? Number.NaN : sum / count
}

/** Describes groups in a column: all of its histograms are between the same edges. */
export function createGroupSummary(
  column: TableColumn,
  rows: Uint32Array,
  check: CheckCancelled,
): (group: Uint32Array) => GroupSummary {
  const range = findRange(column, { rows, check })
  return (group) => {
    check()
    const counted = countValues(column, group, groupTopCount)
    const values = counted && { ...counted, top: counted.top.map((one) => withCell(column, one)) }
    return { ...summarizeNumbers(column, group, range, groupBinCount), ...(values && { values }) }
  }
}

/** Longer JSON, such as that of a picture with many boxes, is a name in a group. */
const groupCellLengthMax = 4000

function withCell(
  column: TableColumn,
  { row, ...value }: ValueCount & { readonly row: number },
): ValueCount & { readonly cell?: RawCell } {
  const cell = readCell(column, row, groupCellLengthMax, groupCellLengthMax)
  const isWhole = typeof cell === 'object' && cell?.kind === 'json' && !cell.isCut
  return isWhole ? { ...value, cell } : value
}

interface Ids {
  /** From 0, for each row; in the order of first occurrence. */
  readonly ids: Uint32Array
  readonly count: number
}

/** One id for each different value. */
function valueIds(column: TableColumn, rows: Uint32Array, check: CheckCancelled): Ids {
  const { kinds, numbers, codes, pool } = column.cells
  const ofCode = new Int32Array(textKinds * pool.count).fill(-1)
  const ofNumber = new Map<number, number>()
  const ofOther = new Map<string, number>()
  let count = 0
  const ids = rows.map((row, index) => {
    if (index % rowsBetweenChecks === 0) check()
    const at = cellRow(column, row)
    const kind = at < 0 ? cellKinds.missing : kinds[at]!
    if (kind >= cellKinds.integer) {
      const slot = textKinds * codes![at]! + kind - cellKinds.integer
      if (ofCode[slot] === -1) ofCode[slot] = count++
      return ofCode[slot]!
    }
    const isNumber = kind === cellKinds.number
    // Maps take −0 for 0, and NaN for itself.
    const known = isNumber ? ofNumber.get(numbers![at]!) : ofOther.get(otherKey(kind, numbers, at))
    if (known !== undefined) return known
    if (isNumber) ofNumber.set(numbers![at]!, count)
    else ofOther.set(otherKey(kind, numbers, at), count)
    return count++
  })
  return { ids, count }
}

function otherKey(kind: number, numbers: Float64Array | undefined, at: number): string {
  return kind === cellKinds.missing ? '' : String(numbers![at])
}

/** Ids of pairs of ids. */
function refine(one: Ids, other: Ids): Ids {
  if (one.count <= 1) return other
  const known = new Map<number, number>()
  const ids = one.ids.map((id, index) => {
    const pair = id * other.count + other.ids[index]!
    const found = known.get(pair)
    if (found !== undefined) return found
    known.set(pair, known.size)
    return known.size - 1
  })
  return { ids, count: known.size }
}
