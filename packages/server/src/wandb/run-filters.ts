import type { JsonObject, JsonValue } from '@lossline/protocol'
import { isJsonObject, parseJson } from '@lossline/protocol'
import type { RunRow } from '@lossline/store'
import { runtimeSeconds, runValues } from '../domain/run-values.ts'
import { ServerError } from '../errors.ts'

export type RunPredicate = (run: RunRow) => boolean

/**
 * Compiles the filter of `Api.runs`: Mongo's words over the run's fields. A field that is missing matches only `$ne`, `$nin`,
 * `$exists: false` and equality with null.
 *
 * @throws {@link ServerError} `invalid-request` for malformed JSON, `unsupported-operation` for operators unknown here.
 */
export async function parseRunFilter(text: string | null | undefined): Promise<RunPredicate> {
  if (text === null || text === undefined || text === '') return () => true
  let filter: JsonValue
  try {
    filter = parseJson(text)
  } catch (cause) {
    throw new ServerError({ code: 'invalid-request', message: 'filters is not JSON', cause })
  }
  // Few filters have patterns, and what reads them takes longer to load than the rest of a small server.
  patterns ??= text.includes('$regex') ? await import('re2js') : undefined
  return compileFilter(filter)
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

function compileFilter(filter: JsonValue): RunPredicate {
  if (!isJsonObject(filter)) throw invalidFilter('a filter must be an object')
  return every(Object.entries(filter).map(([key, operand]) => compileMember(key, operand)))
}

function compileMember(key: string, operand: JsonValue): RunPredicate {
  switch (key) {
    case '$and':
      return every(compileList(key, operand))
    case '$or':
      return some(compileList(key, operand))
    case '$nor':
      return not(some(compileList(key, operand)))
    case '$not':
      return not(compileFilter(operand))
    default:
      if (key.startsWith('$')) throw unsupported(key)
      return compileOperand(key, operand)
  }
}

function compileList(key: string, operand: JsonValue): RunPredicate[] {
  if (!Array.isArray(operand)) throw invalidFilter(`${key} needs a list`)
  return operand.map(compileFilter)
}

function compileOperand(path: string, operand: JsonValue): RunPredicate {
  const isOperators = isJsonObject(operand) && Object.keys(operand).some((key) => key.startsWith('$'))
  if (!isOperators) return compare(path, (values) => values.some((value) => isEqual(value, operand)))
  return every(Object.entries(operand as JsonObject).map(([operator, value]) => compileOperator(path, operator, value)))
}

function compileOperator(path: string, operator: string, operand: JsonValue): RunPredicate {
  const list = Array.isArray(operand) ? operand : [operand]
  switch (operator) {
    case '$eq':
      return compare(path, (values) => values.some((value) => isEqual(value, operand)))
    case '$ne':
      return compare(path, (values) => !values.some((value) => isEqual(value, operand)))
    case '$in':
      return compare(path, (values) => values.some((value) => list.some((wanted) => isEqual(value, wanted))))
    case '$nin':
      return compare(path, (values) => !values.some((value) => list.some((wanted) => isEqual(value, wanted))))
    case '$gt':
      return compare(path, (values) => values.some((value) => (order(value, operand) ?? 0) > 0))
    case '$gte':
      return compare(path, (values) => values.some((value) => (order(value, operand) ?? -1) >= 0))
    case '$lt':
      return compare(path, (values) => values.some((value) => (order(value, operand) ?? 0) < 0))
    case '$lte':
      return compare(path, (values) => values.some((value) => (order(value, operand) ?? 1) <= 0))
    case '$regex': {
      const isMatch = compilePattern(operand)
      return compare(path, (values) => values.some(isMatch))
    }
    case '$exists':
      return compare(path, (values) => values.some((value) => value !== undefined) === Boolean(operand))
    case '$not':
      return not(compileOperand(path, operand))
    default:
      throw unsupported(operator)
  }
}

/** Tags are tested one by one; a run without any counts as having no value. */
function compare(path: string, test: (values: readonly (JsonValue | undefined)[]) => boolean): RunPredicate {
  const read = fieldReader(path)
  return (run) => {
    const value = read(run)
    const isTags = path === 'tags' && Array.isArray(value)
    return test(isTags ? (value.length === 0 ? [undefined] : value) : [value])
  }
}

type FieldReader = (run: RunRow) => JsonValue | undefined

/**
 * Reads what a filter's or an order's path names; undefined where a run has none.
 *
 * @throws {@link ServerError} `unsupported-operation` for a field that no run has.
 */
function fieldReader(path: string): FieldReader {
  const [head, ...rest] = path.split('.')
  if (head === 'config' && rest.length > 0) return (run) => configField(run, rest)
  if (head === 'summary_metrics' && rest.length > 0) return (run) => nested(runValues(run).summary, rest)
  const read = runFields.get(path)
  if (read === undefined) throw unsupported(`the field "${path}"`)
  return read
}

const iso = (timeMs: number): string => new Date(timeMs).toISOString()
const orMissing = (text: string): string | undefined => (text === '' ? undefined : text)

const runFields: ReadonlyMap<string, FieldReader> = new Map<string, FieldReader>([
  ['name', (run) => run.runId],
  ['displayName', (run) => run.displayName],
  ['display_name', (run) => run.displayName],
  ['state', (run) => run.state],
  ['createdAt', (run) => iso(run.createdAtMs)],
  ['created_at', (run) => iso(run.createdAtMs)],
  ['heartbeatAt', (run) => iso(run.heartbeatAtMs)],
  ['heartbeat_at', (run) => iso(run.heartbeatAtMs)],
  ['updatedAt', (run) => iso(run.updatedAtMs)],
  ['duration', runtimeSeconds],
  ['group', (run) => orMissing(run.group)],
  ['jobType', (run) => orMissing(run.jobType)],
  ['host', (run) => orMissing(run.host)],
  ['username', (run) => orMissing(run.username)],
  ['entity', (run) => run.entity],
  ['sweep', (run) => orMissing(run.sweepId)],
  ['tags', (run) => run.tags],
])

function configField(run: RunRow, path: readonly string[]): JsonValue | undefined {
  const { config } = runValues(run)
  const withoutWrapper = path[1] === 'value' ? [path[0]!, ...path.slice(2)] : path
  return nested(config, path) ?? nested(config, withoutWrapper)
}

/** Follows a dotted path; keys may hold dots themselves, so the longest literal match goes first. */
function nested(tree: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  if (path.length === 0) return tree
  if (!isJsonObject(tree)) return undefined
  for (let length = path.length; length > 0; length--) {
    const key = path.slice(0, length).join('.')
    if (!Object.hasOwn(tree, key)) continue
    const found = nested(tree[key], path.slice(length))
    if (found !== undefined) return found
  }
  return undefined
}

function isEqual(value: JsonValue | undefined, wanted: JsonValue): boolean {
  if (wanted === null) return value === undefined || value === null
  if (value === undefined) return false
  if (typeof value === 'object' || typeof wanted === 'object') return stable(value) === stable(wanted)
  return value === wanted || order(value, wanted) === 0
}

/** Negative, 0 or positive; undefined where the two cannot be compared. Times compare as instants. */
function order(a: JsonValue | undefined, b: JsonValue | undefined): number | undefined {
  if (isNumeric(a) && isNumeric(b)) return a < b ? -1 : a > b ? 1 : isNaNValue(a) || isNaNValue(b) ? undefined : 0
  if (typeof a !== 'string' || typeof b !== 'string') return undefined
  const [timeA, timeB] = [toInstant(a), toInstant(b)]
  if (timeA !== undefined && timeB !== undefined) return timeA - timeB
  return a < b ? -1 : a > b ? 1 : 0
}

function isNaNValue(value: number | bigint): boolean {
  return typeof value === 'number' && Number.isNaN(value)
}

function isNumeric(value: JsonValue | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

function toInstant(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d|$)/.test(text)) return undefined
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(text) || text.length === 10
  const time = Date.parse(hasZone ? text : `${text}Z`)
  return Number.isNaN(time) ? undefined : time
}

function stable(value: JsonValue): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part))
}

/**
 * Sorts by `[+|-]path`, missing values last, ties by creation.
 *
 * @param text - Null or empty: oldest first.
 */
export function parseRunOrder(text: string | null | undefined): (a: RunRow, b: RunRow) => number {
  const sign = text?.startsWith('-') ? -1 : 1
  const read = fieldReader((text ?? '').replace(/^[+-]/, '') || 'created_at')
  return (a, b) => {
    const [left, right] = [read(a), read(b)]
    const isMissing = [left === undefined || left === null, right === undefined || right === null]
    if (isMissing[0] !== isMissing[1]) return isMissing[0] ? 1 : -1
    return sign * (order(left, right) ?? 0) || a.number - b.number
  }
}

const every =
  (tests: readonly RunPredicate[]): RunPredicate =>
  (run) =>
    tests.every((test) => test(run))
const some =
  (tests: readonly RunPredicate[]): RunPredicate =>
  (run) =>
    tests.some((test) => test(run))
const not =
  (test: RunPredicate): RunPredicate =>
  (run) =>
    !test(run)

function invalidFilter(message: string): ServerError {
  return new ServerError({ code: 'invalid-request', message: `invalid filter: ${message}` })
}

function unsupported(what: string): ServerError {
  return new ServerError({ code: 'unsupported-operation', message: `invalid filter: ${what} is not supported` })
}
