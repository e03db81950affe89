import { cellKinds } from './cells.ts'
import { shownText } from './shown-text.ts'
import { cellRow, kindAt, numberAt, type TableColumn } from './table-data.ts'
import { type CheckCancelled, rowsBetweenChecks } from './table-error.ts'

/** How often a value occurs. */
export interface ValueCount {
  readonly text: string
  readonly count: number
}

/** The numbers of some rows of a column. */
export interface NumberSummary {
  /** Finite ones. */
  readonly count: number
  readonly nanCount: number
  readonly infiniteCount: number
  readonly min: number
  readonly max: number
  readonly mean: number
  /** With n − 1; 0 of a single number. */
  readonly sd: number
}

/** What the cells of a column are like. */
export interface ColumnDescription {
  readonly name: string
  readonly missingCount: number
  /** Undefined where there are none. */
  readonly numbers?: NumberSummary
  readonly histogram?: Histogram
  /** Of texts, booleans, lists and objects. Undefined where there are none. */
  readonly values?: { readonly distinctCount: number; readonly top: readonly ValueCount[] }
  /** Of tables side by side: how many rows are not as in the first table, and by how much its numbers were changed. */
  readonly changes?: { readonly count: number; readonly histogram?: Histogram }
}

/** Counts between edges. */
export interface Histogram {
  /** One more than counts. */
  readonly edges: readonly number[]
  readonly counts: readonly number[]
}

/** Texts that are named at most, and how much of each. */
const topCount = 8
const topLengthMax = 200

/** What is described. */
export interface DescribedRows {
  readonly columns: readonly TableColumn[]
  readonly rows: Uint32Array
  readonly binCount: number
  readonly check: CheckCancelled
}

/**
 * What describes a column over some rows, by its name. Columns with one name in tables side by side are counted between the same
 * edges.
 */
export function createColumnDescriber(described: DescribedRows): (name: string) => ColumnDescription {
  const { columns } = described
  const ranges = new Map<TableColumn, Range>()
  const rangeOf = (column: TableColumn): Range => {
    const kin = column.base === undefined ? [column] : columns.filter(({ base }) => base === column.base)
    const found = kin.map((one) => {
      const known = ranges.get(one) ?? findRange(one, described)
      ranges.set(one, known)
      return known
    })
    return { min: Math.min(...found.map(({ min }) => min)), max: Math.max(...found.map(({ max }) => max)) }
  }
  return (name) => {
    const column = columns.find((one) => one.name === name)
    if (column === undefined) return { name, missingCount: 0 }
    return describeColumn(column, rangeOf(column), described)
  }
}

interface Range {
  readonly min: number
  readonly max: number
}

/** Of the finite numbers; of none it is turned round. */
export function findRange(column: TableColumn, { rows, check }: Pick<DescribedRows, 'rows' | 'check'>): Range {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  if (column.cells.numbers === undefined) return { min, max }
  for (let index = 0; index < rows.length; index += 1) {
    if (index % rowsBetweenChecks === 0) check()
    const row = rows[index]!
    if (!isNumberKind(kindAt(column, row))) continue
    const value = numberAt(column, row)
    if (!Number.isFinite(value)) continue
    if (value < min) min = value
    if (value > max) max = value
  }
  return { min, max }
}

function describeColumn(column: TableColumn, range: Range, described: DescribedRows): ColumnDescription {
  const { rows, binCount, check } = described
  check()
  const { numbers, histogram, missingCount } = summarizeNumbers(column, rows, range, binCount)
  const values = countValues(column, rows, topCount)
  const changes = describeChanges(column, described)
  return {
    name: column.name,
    missingCount,
    ...(numbers && { numbers }),
    ...(histogram && { histogram }),
    ...(values && { values: { ...values, top: values.top.map(({ text, count }) => ({ text, count })) } }),
    ...(changes && { changes }),
  }
}

/** The numbers of some rows, and how they are spread over a range. */
export function summarizeNumbers(
  column: TableColumn,
  rows: Uint32Array,
  { min, max }: Range,
  binCount: number,
): { numbers?: NumberSummary; histogram?: Histogram; missingCount: number } {
  let [count, nanCount, infiniteCount, missingCount] = [0, 0, 0, 0]
  let [mean, squares] = [0, 0]
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const counts = new Array<number>(binCount).fill(0)
  const placeOf = placeIn(min, max)
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index]!
    const kind = kindAt(column, row)
    if (kind === cellKinds.missing) missingCount += 1
    if (!isNumberKind(kind)) continue
    const value = numberAt(column, row)
    if (Number.isNaN(value)) nanCount += 1
    else if (!Number.isFinite(value)) infiniteCount += 1
    else {
      count += 1
      const difference = value - mean
      mean += difference / count
      squares += difference * (value - mean)
      if (value < low) low = value
      if (value > high) high = value
      counts[Math.min(binCount - 1, Math.floor(placeOf(value) * binCount))]! += 1
    }
  }
  if (count + nanCount + infiniteCount === 0) return { missingCount }
  const sd = count > 1 ? Math.sqrt(squares / (count - 1)) : 0
  const numbers = { count, nanCount, infiniteCount, min: low, max: high, mean, sd }
  if (count === 0)
    return { numbers: { ...numbers, min: Number.NaN, max: Number.NaN, mean: Number.NaN, sd: Number.NaN }, missingCount }
  return { numbers, histogram: { edges: edgesOf(min, max, binCount), counts }, missingCount }
}

/** Where a number lies in a range, from 0 to 1. */
function placeIn(min: number, max: number): (value: number) => number {
  const span = max - min
  if (!(span > 0)) return () => 0
  // The difference of two finite numbers may be none.
  return Number.isFinite(span)
    ? (value) => (value - min) / span
    : (value) => (value / 2 - min / 2) / (max / 2 - min / 2)
}

function edgesOf(min: number, max: number, binCount: number): number[] {
  return Array.from({ length: binCount + 1 }, (_, edge) =>
    edge === binCount ? max : min + (max / binCount - min / binCount) * edge,
  )
}

/** The most frequent of what is no number, with the first row of each; ties in the order of first occurrence. Undefined where everything is. */
export function countValues(
  column: TableColumn,
  rows: Uint32Array,
  top: number,
): { distinctCount: number; top: (ValueCount & { readonly row: number })[] } | undefined {
  const { kinds, numbers, codes, pool } = column.cells
  // A slot for each text and, behind them, false and true. Maps of few rows are smaller than that.
  const counts = new Map<number, number>()
  const firstRows = new Map<number, number>()
  for (let index = 0; index < rows.length; index += 1) {
    const at = cellRow(column, rows[index]!)
    if (at < 0) continue
    const kind = kinds[at]!
    if (kind === cellKinds.missing || kind === cellKinds.number || kind === cellKinds.integer) continue
    const slot = kind === cellKinds.boolean ? -1 - numbers![at]! : codes![at]! * 2 + Number(kind === cellKinds.json)
    const count = counts.get(slot)
    if (count === undefined) firstRows.set(slot, rows[index]!)
    counts.set(slot, (count ?? 0) + 1)
  }
  if (counts.size === 0) return undefined
  const chosen: [slot: number, count: number][] = []
  for (const entry of counts) {
    if (chosen.length === top && entry[1] <= chosen.at(-1)![1]) continue
    const place = chosen.findIndex(([, count]) => count < entry[1])
    chosen.splice(place < 0 ? chosen.length : place, 0, entry)
    if (chosen.length > top) chosen.pop()
  }
  const textOf = (slot: number): string => {
    if (slot < 0) return slot === -2 ? 'true' : 'false'
    const code = slot >> 1
    if (slot % 2 === 0) return pool.start(code, topLengthMax).text
    const json = pool.text(code)
    // Media without a caption are told apart by their files.
    const text = shownText(json) || (/"path":\s*"(?:[^"]*\/)?([^"/]+)"/.exec(json)?.[1] ?? '')
    return text.slice(0, topLengthMax)
  }
  return {
    distinctCount: counts.size,
    top: chosen.map(([slot, count]) => ({ text: textOf(slot), count, row: firstRows.get(slot)! })),
  }
}

function describeChanges(
  column: TableColumn,
  { columns, rows, binCount, check }: DescribedRows,
): ColumnDescription['changes'] {
  const first = firstOf(column, columns)
  if (first === undefined) return undefined
  let count = 0
  const differences: number[] = []
  for (let index = 0; index < rows.length; index += 1) {
    if (index % rowsBetweenChecks === 0) check()
    const row = rows[index]!
    if (!isChanged(first, column, row)) continue
    count += 1
    const difference = numberAt(column, row) - numberAt(first, row)
    if (Number.isFinite(difference)) differences.push(difference)
  }
  if (differences.length === 0) return { count }
  // Around zero, so that it is seen at once whether numbers went up or down.
  const reach = differences.reduce((most, one) => Math.max(most, Math.abs(one)), 0)
  // Values that are written in other ways, such as true beside 1, differ by nothing.
  if (reach === 0) return { count }
  const counts = new Array<number>(binCount).fill(0)
  for (const one of differences) counts[Math.min(binCount - 1, Math.floor((one / reach + 1) * (binCount / 2)))]! += 1
  return { count, histogram: { edges: edgesOf(-reach, reach, binCount), counts } }
}

/** The column of the first table that stands beside this one. */
export function firstOf(column: TableColumn, columns: readonly TableColumn[]): TableColumn | undefined {
  if (column.base === undefined || column.source === 0) return undefined
  return columns.find(({ base, source }) => base === column.base && source === 0)
}

/** Whether two columns differ in a row. NaN is as NaN is, and missing as missing. */
export function isChanged(one: TableColumn, other: TableColumn, row: number): boolean {
  const kind = kindAt(one, row)
  if (kind !== kindAt(other, row)) return true
  if (kind === cellKinds.missing) return false
  if (kind === cellKinds.number || kind === cellKinds.boolean) {
    const [a, b] = [numberAt(one, row), numberAt(other, row)]
    return !(a === b || (Number.isNaN(a) && Number.isNaN(b)))
  }
  const [poolA, poolB] = [one.cells.pool, other.cells.pool]
  const [codeA, codeB] = [one.cells.codes![cellRow(one, row)]!, other.cells.codes![cellRow(other, row)]!]
  const [a, b] = [poolA.offsets[codeA]!, poolB.offsets[codeB]!]
  const length = poolA.offsets[codeA + 1]! - a
  if (poolB.offsets[codeB + 1]! - b !== length) return true
  for (let at = 0; at < length; at += 1) if (poolA.bytes[a + at] !== poolB.bytes[b + at]) return true
  return false
}

/** Rows in which some table is not as the first one. */
export function changedRows(columns: readonly TableColumn[], rows: Uint32Array, check: CheckCancelled): Uint32Array {
  const pairs = columns.flatMap((column) => {
    const first = firstOf(column, columns)
    return first === undefined ? [] : [[first, column] as const]
  })
  return rows.filter((row, index) => {
    if (index % rowsBetweenChecks === 0) check()
    return pairs.some(([first, column]) => isChanged(first, column, row))
  })
}

function isNumberKind(kind: number): boolean {
  return kind === cellKinds.number || kind === cellKinds.integer
}
