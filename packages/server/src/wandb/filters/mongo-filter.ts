import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '@lossline/protocol'
import { ServerError } from '../../errors.ts'
import { compareValues, isEqual } from './compare-values.ts'

export type Predicate<Row> = (row: Row) => boolean

/** A field that filters and orders can name. */
export interface FilterField<Row> {
  /** Undefined where a row has none. */
  readonly read: (row: Row) => JsonValue | undefined
  /** Values of a list are tested one by one; an empty one counts as having no value. */
  readonly isList?: boolean
}

/** The field with a name; undefined when no row has such a field. */
export type FilterFields<Row> = (path: string) => FilterField<Row> | undefined

/**
 * Compiles a filter in Mongo's words. A field that is missing matches only `$ne`, `$nin`, `$exists: false` and equality with
 * null.
 *
 * @param text - Null or empty: everything.
 * @throws {@link ServerError} `invalid-request` for malformed JSON, `unsupported-operation` for operators and fields that are
 * unknown here.
 */
export async function parseFilter<Row>(
  text: string | null | undefined,
  fields: FilterFields<Row>,
): Promise<Predicate<Row>> {
  if (text === null || text === undefined || text === '') return () => true
  let filter: JsonValue
  try {
    filter = parseJson(text)
  } catch (cause) {
    throw new ServerError({ code: 'invalid-request', message: 'filters is not JSON', cause })
  }
  // Few filters have patterns, and what reads them takes longer to load than the rest of a small server.
  patterns ??= text.includes('$regex') ? await import('re2js') : undefined
  return compileFilter(filter, fields)
}

/**
 * Sorts by `[+|-]path`, missing values last.
 *
 * @param text - Such as `-created_at`.
 * @returns 0 for rows that are equal in that field.
 */
export function parseOrder<Row>(text: string, fields: FilterFields<Row>): (a: Row, b: Row) => number {
  const sign = text.startsWith('-') ? -1 : 1
  const { read } = requireField(text.replace(/^[+-]/, ''), fields)
  return (a, b) => {
    const [left, right] = [read(a), read(b)]
    const isMissing = [left === undefined || left === null, right === undefined || right === null]
    if (isMissing[0] !== isMissing[1]) return isMissing[0] ? 1 : -1
    return sign * (compareValues(left, right) ?? 0)
  }
}

/** Reads patterns in RE2's syntax and in linear time: what a user types must not keep the server busy. */
let patterns: typeof import('re2js') | undefined

function compilePattern(operand: JsonValue): (value: JsonValue | undefined) => boolean {
  if (typeof operand !== 'string') throw invalidFilter('$regex needs a text')
  try {
    const pattern = patterns!.RE2JS.compile(operand)
    return (value) => typeof value === 'string' && pattern.matcher(value).find()
  } catch (cause) {
    throw invalidFilter(`$regex: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}

function compileFilter<Row>(filter: JsonValue, fields: FilterFields<Row>): Predicate<Row> {
  if (!isJsonObject(filter)) throw invalidFilter('a filter must be an object')
  return every(Object.entries(filter).map(([key, operand]) => compileMember(key, operand, fields)))
}

function compileMember<Row>(key: string, operand: JsonValue, fields: FilterFields<Row>): Predicate<Row> {
  switch (key) {
    case '$and':
      return every(compileList(key, operand, fields))
    case '$or':
      return some(compileList(key, operand, fields))
    case '$nor':
      return not(some(compileList(key, operand, fields)))
    case '$not':
      return not(compileFilter(operand, fields))
    default:
      if (key.startsWith('$')) throw unsupported(key)
      return compileOperand(key, operand, fields)
  }
}

function compileList<Row>(key: string, operand: JsonValue, fields: FilterFields<Row>): Predicate<Row>[] {
  if (!Array.isArray(operand)) throw invalidFilter(`${key} needs a list`)
  return operand.map((filter) => compileFilter(filter, fields))
}

function compileOperand<Row>(path: string, operand: JsonValue, fields: FilterFields<Row>): Predicate<Row> {
  const isOperators = isJsonObject(operand) && Object.keys(operand).some((key) => key.startsWith('$'))
  if (!isOperators) return compare(path, fields, (values) => values.some((value) => isEqual(value, operand)))
  return every(
    Object.entries(operand as JsonObject).map(([operator, value]) => compileOperator(path, operator, value, fields)),
  )
}

function compileOperator<Row>(
  path: string,
  operator: string,
  operand: JsonValue,
  fields: FilterFields<Row>,
): Predicate<Row> {
  const test = (isMatch: FieldTest): Predicate<Row> => compare(path, fields, isMatch)
  const list = Array.isArray(operand) ? operand : [operand]
  switch (operator) {
    case '$eq':
      return test((values) => values.some((value) => isEqual(value, operand)))
    case '$ne':
      return test((values) => !values.some((value) => isEqual(value, operand)))
    case '$in':
      return test((values) => values.some((value) => list.some((wanted) => isEqual(value, wanted))))
    case '$nin':
      return test((values) => !values.some((value) => list.some((wanted) => isEqual(value, wanted))))
    case '$gt':
      return test((values) => values.some((value) => (compareValues(value, operand) ?? 0) > 0))
    case '$gte':
      return test((values) => values.some((value) => (compareValues(value, operand) ?? -1) >= 0))
    case '$lt':
      return test((values) => values.some((value) => (compareValues(value, operand) ?? 0) < 0))
    case '$lte':
      return test((values) => values.some((value) => (compareValues(value, operand) ?? 1) <= 0))
    case '$regex': {
      const isMatch = compilePattern(operand)
      return test((values) => values.some(isMatch))
    }
    case '$contains':
      return test((values) =>
        values.some((value) =>
          typeof value === 'string' && typeof operand === 'string' ? value.includes(operand) : isEqual(value, operand),
        ),
      )
    case '$all':
      return test((values) => list.every((wanted) => values.some((value) => isEqual(value, wanted))))
    case '$size':
      return test((values) => values.filter((value) => value !== undefined).length === operand)
    case '$exists':
      return test((values) => values.some((value) => value !== undefined) === Boolean(operand))
    case '$not':
      return not(compileOperand(path, operand, fields))
    default:
      throw unsupported(operator)
  }
}

type FieldTest = (values: readonly (JsonValue | undefined)[]) => boolean

function compare<Row>(path: string, fields: FilterFields<Row>, test: FieldTest): Predicate<Row> {
  const { read, isList } = requireField(path, fields)
  return (row) => {
    const value = read(row)
    if (!isList || !Array.isArray(value)) return test([value])
    return test(value.length === 0 ? [undefined] : value)
  }
}

function requireField<Row>(path: string, fields: FilterFields<Row>): FilterField<Row> {
  const field = fields(path)
  if (field === undefined) throw unsupported(`the field "${path}"`)
  return field
}

function every<Row>(tests: readonly Predicate<Row>[]): Predicate<Row> {
  return (row) => tests.every((test) => test(row))
}

function some<Row>(tests: readonly Predicate<Row>[]): Predicate<Row> {
  return (row) => tests.some((test) => test(row))
}

function not<Row>(test: Predicate<Row>): Predicate<Row> {
  return (row) => !test(row)
}

function invalidFilter(message: string): ServerError {
  return new ServerError({ code: 'invalid-request', message: `invalid filter: ${message}` })
}

function unsupported(what: string): ServerError {
  return new ServerError({ code: 'unsupported-operation', message: `invalid filter: ${what} is not supported` })
}
