import { cellKinds } from './cells.ts'
import { exactAt } from './compare-cells.ts'
import { rankTexts } from './natural-order.ts'
import { cellRow, kindAt, numberAt, type TableColumn } from './table-data.ts'
import { type CheckCancelled, rowsBetweenChecks } from './table-error.ts'
import type { TextPool } from './text-pool.ts'

/** What rows are sorted by. */
export interface SortKey {
  readonly column: TableColumn
  readonly isDescending: boolean
}

/** Places of the texts of pools in the natural order, remembered as long as the pools. */
export type RanksOf = (pool: TextPool) => Uint32Array

/** Remembers the order of texts, which takes the longest of all. */
export function createRanks(): (check: CheckCancelled) => RanksOf {
  const known = new WeakMap<TextPool, Uint32Array>()
  return (check) => (pool) => {
    const found = known.get(pool)
    // A table that is still read gets more texts.
    if (found?.length === pool.count) return found
    const ranks = rankTexts(pool, check)
    known.set(pool, ranks)
    return ranks
  }
}

/**
 * Rows in another order, equal ones as they were. Numbers, booleans and times come before texts, lists and objects; missing cells
 * and NaN last, whatever the direction.
 */
export function sortRows(
  rows: Uint32Array,
  keys: readonly SortKey[],
  ranksOf: RanksOf,
  check: CheckCancelled,
): Uint32Array {
  // The last key first: each pass keeps the order of the one before among what it takes for equal.
  return keys.reduceRight((sorted, key) => sortByKey(sorted, key, ranksOf, check), rows)
}

function sortByKey(
  rows: Uint32Array,
  { column, isDescending }: SortKey,
  ranksOf: RanksOf,
  check: CheckCancelled,
): Uint32Array {
  const { kinds, codes, pool } = column.cells
  const groups = {
    numbers: new Uint32Array(rows.length),
    texts: new Uint32Array(rows.length),
    last: new Uint32Array(rows.length),
  }
  const values = new Float64Array(rows.length)
  let [numberCount, textCount, lastCount] = [0, 0, 0]
  for (let index = 0; index < rows.length; index += 1) {
    if (index % rowsBetweenChecks === 0) check()
    const row = rows[index]!
    const at = cellRow(column, row)
    const kind = at < 0 ? cellKinds.missing : kinds[at]!
    if (kind >= cellKinds.text) {
      groups.texts[textCount++] = row
      continue
    }
    const value = numberAt(column, row)
    if (Number.isNaN(value)) groups.last[lastCount++] = row
    else {
      // −0 is 0.
      values[numberCount] = value + 0
      groups.numbers[numberCount++] = row
    }
  }
  const sortedNumbers = radixSort(
    groups.numbers.subarray(0, numberCount),
    toBits(values.subarray(0, numberCount)),
    isDescending,
    check,
  )
  if (column.cells.kindCounts.integer > 0) orderIntegers(sortedNumbers, column, isDescending, check)
  const texts = groups.texts.subarray(0, textCount)
  let sortedTexts: Uint32Array = texts
  if (textCount > 0) {
    const ranks = ranksOf(pool)
    const low = texts.map((row) => ranks[codes![cellRow(column, row)]!]!)
    sortedTexts = radixSort(texts, { low, high: undefined }, isDescending, check)
  }
  const result = new Uint32Array(rows.length)
  const parts = isDescending ? [sortedTexts, sortedNumbers] : [sortedNumbers, sortedTexts]
  let offset = 0
  for (const part of [...parts, groups.last.subarray(0, lastCount)]) {
    result.set(part, offset)
    offset += part.length
  }
  return result
}

/** Puts numbers that are equal as doubles in their exact order: integers beyond ±2⁵³ are known to the last digit. */
function orderIntegers(sorted: Uint32Array, column: TableColumn, isDescending: boolean, check: CheckCancelled): void {
  const sign = isDescending ? -1 : 1
  for (let from = 0; from < sorted.length; ) {
    const value = numberAt(column, sorted[from]!)
    let to = from + 1
    let hasInteger = kindAt(column, sorted[from]!) === cellKinds.integer
    for (; to < sorted.length && numberAt(column, sorted[to]!) === value; to += 1) {
      if (to % rowsBetweenChecks === 0) check()
      hasInteger ||= kindAt(column, sorted[to]!) === cellKinds.integer
    }
    if (hasInteger && to - from > 1) {
      const exact = new Map(Array.from(sorted.subarray(from, to), (row) => [row, exactAt(column, row)]))
      sorted.subarray(from, to).sort((a, b) => {
        const [one, other] = [exact.get(a)!, exact.get(b)!]
        return one < other ? -sign : one > other ? sign : 0
      })
    }
    from = to
  }
}

interface Bits {
  readonly low: Uint32Array
  readonly high: Uint32Array | undefined
}

/** Doubles as bits that are ordered as the numbers are. */
function toBits(values: Float64Array): Bits {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length)
  const low = new Uint32Array(values.length)
  const high = new Uint32Array(values.length)
  for (let index = 0; index < values.length; index += 1) {
    const upper = words[2 * index + 1]!
    const isNegative = upper >>> 31 === 1
    low[index] = isNegative ? ~words[2 * index]! : words[2 * index]!
    high[index] = isNegative ? ~upper : upper ^ 0x80000000
  }
  return { low, high }
}

const digitBits = 16
const digitCount = 2 ** digitBits

/** Sorts by 16 bits after the other, the lowest first, each pass keeping the order among equals. */
function radixSort(rows: Uint32Array, { low, high }: Bits, isDescending: boolean, check: CheckCancelled): Uint32Array {
  const flip = isDescending ? 0xffffffff : 0
  let order = Uint32Array.from({ length: rows.length }, (_, index) => index)
  let target = new Uint32Array(rows.length)
  const counts = new Uint32Array(digitCount)
  for (const words of high === undefined ? [low] : [low, high]) {
    for (const shift of [0, digitBits]) {
      check()
      counts.fill(0)
      for (let index = 0; index < order.length; index += 1) counts[((words[index]! ^ flip) >>> shift) & 0xffff]! += 1
      // All alike, such as the upper half of small numbers.
      if (order.length > 0 && counts[((words[0]! ^ flip) >>> shift) & 0xffff] === order.length) continue
      let sum = 0
      for (let digit = 0; digit < digitCount; digit += 1) {
        const count = counts[digit]!
        counts[digit] = sum
        sum += count
      }
      for (let index = 0; index < order.length; index += 1) {
        const at = order[index]!
        target[counts[((words[at]! ^ flip) >>> shift) & 0xffff]!++] = at
      }
      ;[order, target] = [target, order]
    }
  }
  return order.map((at) => rows[at]!)
}
