import { compareCodePoints, type JsonValue, stringifyJson } from '@lossline/protocol'
import type { Predicate, ValueTest } from '@lossline/store'
import { type FilterFields, parseFilter } from './parse-filter.ts'
import { type FieldOrder, parseOrder } from './parse-order.ts'
import { type Patterns, readPatterns } from './patterns.ts'

/** How the values of a field are read from a row: none where it has none. */
export type ReadField<Row> = (row: Row) => readonly JsonValue[]

/** Chooses and sorts rows that are in memory. @throws as {@link parseFilter} and {@link parseOrder}. */
export async function applyFilter<Row>(
  rows: readonly Row[],
  fields: FilterFields<ReadField<Row>>,
  { filters, order }: { readonly filters?: string | null | undefined; readonly order?: string | null | undefined },
): Promise<Row[]> {
  const predicate = await parseFilter(filters, fields)
  const selected = predicate === undefined ? [...rows] : rows.filter(toTest(predicate, await readPatterns(predicate)))
  // Sorting keeps the order of equal ones.
  return order ? selected.sort(toComparison(parseOrder(order, fields))) : selected
}

type RowTest<Row> = (row: Row) => boolean

function toTest<Row>(predicate: Predicate<ReadField<Row>>, patterns: Patterns): RowTest<Row> {
  switch (predicate.kind) {
    case 'and': {
      const tests = predicate.of.map((part) => toTest(part, patterns))
      return (row) => tests.every((test) => test(row))
    }
    case 'or':
    case 'nor': {
      const tests = predicate.of.map((part) => toTest(part, patterns))
      const isWanted = predicate.kind === 'or'
      return (row) => tests.some((test) => test(row)) === isWanted
    }
    case 'not': {
      const test = toTest(predicate.of, patterns)
      return (row) => !test(row)
    }
    default: {
      const { path } = predicate
      const test = toValueTest(predicate, patterns)
      return (row) => test(path(row))
    }
  }
}

function toValueTest<Path>(test: ValueTest<Path>, patterns: Patterns): (values: readonly JsonValue[]) => boolean {
  switch (test.kind) {
    case 'exists':
      return (values) => values.length > 0
    case 'size':
      return (values) => values.length === test.count
    case 'eq':
      return (values) => hasEqual(values, test.value)
    case 'in':
      return (values) => test.values.some((wanted) => hasEqual(values, wanted))
    case 'gt':
      return (values) => values.some((value) => (compare(value, test.value) ?? 0) > 0)
    case 'gte':
      return (values) => values.some((value) => (compare(value, test.value) ?? -1) >= 0)
    case 'lt':
      return (values) => values.some((value) => (compare(value, test.value) ?? 0) < 0)
    case 'lte':
      return (values) => values.some((value) => (compare(value, test.value) ?? 1) <= 0)
    case 'regex': {
      const isFound = patterns.get(test.pattern)
      return (values) => values.some((value) => typeof value === 'string' && isFound?.(value))
    }
  }
}

function toComparison<Row>({ by, isDescending }: FieldOrder<ReadField<Row>>): (a: Row, b: Row) => number {
  const sign = isDescending ? -1 : 1
  return (a, b) => {
    const [[left = null], [right = null]] = [by(a), by(b)]
    if ((left === null) !== (right === null)) return left === null ? 1 : -1
    return sign * (compare(left, right) ?? 0)
  }
}

function hasEqual(values: readonly JsonValue[], wanted: JsonValue): boolean {
  if (wanted === null) return values.every((value) => value === null)
  return values.some((value) => compare(value, wanted) === 0 || stringifyJson(value) === stringifyJson(wanted))
}

/** Negative, 0 or positive; undefined for values of which neither is less. */
function compare(a: JsonValue, b: JsonValue): number | undefined {
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b)
  if (!isNumeric(a) || !isNumeric(b)) return undefined
  return a < b ? -1 : a > b ? 1 : a >= b ? 0 : undefined
}

function isNumeric(value: JsonValue): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}
