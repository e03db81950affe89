import { escapePattern, isJsonObject, type JsonObject, type JsonValue, parseJson } from '@lossline/protocol'
import type { Predicate } from '@lossline/store'
import { ServerError } from '../errors.ts'
import { parseFlagTest } from './flag-test.ts'
import { readPatterns } from './patterns.ts'
import { createFilterBudget, type FilterBudget, invalidFilter, unsupported } from './refusals.ts'

/** What the name of a field stands for. */
export type FilterField<Path> = ValueField<Path> | FlagField<Path>

export interface ValueField<Path> {
  readonly kind: 'value'
  readonly path: Path
  /** Whether there may be several values. */
  readonly isList?: boolean
  /** What an operand means. Default: itself. @throws {@link ServerError} `invalid-request`. */
  readonly toOperand?: (operand: JsonValue) => JsonValue
}

/** True where a predicate holds, else missing. */
export interface FlagField<Path> {
  readonly kind: 'flag'
  readonly holds: Predicate<Path>
}

/** The field with a name; undefined when there is none. */
export type FilterFields<Path> = (name: string) => FilterField<Path> | undefined

/**
 * Reads a filter in Mongo's words, as W&B's client sends it: members of an object must all hold, and each is `$and`, `$or`,
 * `$nor`, `$not` or a field with what it is compared to.
 *
 * @param text - Null, empty or `{}`: everything, which is undefined here.
 * @throws {@link ServerError} `invalid-request` for malformed JSON, operands that an operator cannot have and filters that are
 * too large, `unsupported-operation` for operators and fields that are unknown here.
 */
export async function parseFilter<Path>(
  text: string | null | undefined,
  fields: FilterFields<Path>,
): Promise<Predicate<Path> | undefined> {
  if (text === null || text === undefined || text.trim() === '') return undefined
  let filter: JsonValue
  try {
    filter = parseJson(text)
  } catch (cause) {
    throw new ServerError({
      code: 'invalid-request',
      message: `filters is not JSON: ${text.slice(0, 60)}`,
      hint: 'Send an object such as {"state": "finished"}.',
      cause,
    })
  }
  if (isJsonObject(filter) && Object.keys(filter).length === 0) return undefined
  const predicate = parseMembers(filter, { fields, budget: createFilterBudget() })
  await readPatterns(predicate)
  return predicate
}

interface Context<Path> {
  readonly fields: FilterFields<Path>
  readonly budget: FilterBudget
}

function parseMembers<Path>(filter: JsonValue, context: Context<Path>): Predicate<Path> {
  if (!isJsonObject(filter)) throw invalidFilter('it must be an object', 'Such as {"state": "finished"}.')
  return context.budget.nested(() =>
    all(Object.entries(filter).map(([key, operand]) => parseMember(key, operand, context))),
  )
}

function parseMember<Path>(key: string, operand: JsonValue, context: Context<Path>): Predicate<Path> {
  switch (key) {
    case '$and':
      return { kind: 'and', of: parseList(key, operand, context) }
    case '$or':
      return { kind: 'or', of: parseList(key, operand, context) }
    case '$nor':
      return { kind: 'nor', of: parseList(key, operand, context) }
    case '$not':
      return not(parseMembers(operand, context))
    default:
      if (key.startsWith('$')) throw unsupported(key)
      return parseOperand(key, requireField(key, context.fields), operand, context)
  }
}

function parseList<Path>(key: string, operand: JsonValue, context: Context<Path>): Predicate<Path>[] {
  if (!Array.isArray(operand)) throw invalidFilter(`${key} needs a list of filters`)
  return operand.map((filter) => parseMembers(filter, context))
}

function parseOperand<Path>(
  name: string,
  field: FilterField<Path>,
  operand: JsonValue,
  context: Context<Path>,
): Predicate<Path> {
  const isOperators = isJsonObject(operand) && Object.keys(operand).some((key) => key.startsWith('$'))
  const operators: JsonObject = isOperators ? operand : { $eq: operand }
  return context.budget.nested(() =>
    all(
      Object.entries(operators).map(([operator, value]) => {
        if (operator === '$not') return not(parseOperand(name, field, value, context))
        context.budget.countTest()
        if (field.kind === 'flag') return parseFlagTest(name, field.holds, operator, value)
        return parseOperator(operator, value, field, context)
      }),
    ),
  )
}

function parseOperator<Path>(
  operator: string,
  operand: JsonValue,
  field: ValueField<Path>,
  { budget }: Context<Path>,
): Predicate<Path> {
  const { path, isList = false, toOperand = (value) => value } = field
  const readList = (): readonly JsonValue[] => {
    if (!Array.isArray(operand)) throw invalidFilter(`${operator} needs a list of values`)
    budget.countOperands(operand.length)
    return operand.map(toOperand)
  }
  switch (operator) {
    case '$eq':
      return { kind: 'eq', path, value: toOperand(operand) }
    case '$ne':
      return not({ kind: 'eq', path, value: toOperand(operand) })
    case '$gt':
      return { kind: 'gt', path, value: toOperand(operand) }
    case '$gte':
      return { kind: 'gte', path, value: toOperand(operand) }
    case '$lt':
      return { kind: 'lt', path, value: toOperand(operand) }
    case '$lte':
      return { kind: 'lte', path, value: toOperand(operand) }
    case '$in':
      return { kind: 'in', path, values: readList() }
    case '$nin':
      return not({ kind: 'in', path, values: readList() })
    case '$all':
      return equalsAll(path, readList())
    case '$exists':
      if (typeof operand !== 'boolean') throw invalidFilter('$exists needs true or false')
      return operand ? { kind: 'exists', path } : not({ kind: 'exists', path })
    case '$size':
      if (typeof operand !== 'number') throw invalidFilter('$size needs a number')
      return { kind: 'size', path, count: operand }
    case '$regex':
      if (typeof operand !== 'string') throw invalidFilter('$regex needs a text')
      return { kind: 'regex', path, pattern: operand }
    case '$contains':
      if (isList || typeof operand !== 'string') return { kind: 'eq', path, value: toOperand(operand) }
      return { kind: 'regex', path, pattern: escapePattern(operand) }
    default:
      throw unsupported(operator)
  }
}

function requireField<Path>(name: string, fields: FilterFields<Path>): FilterField<Path> {
  const field = fields(name)
  if (field === undefined) throw unsupported(`the field "${name}"`)
  return field
}

function all<Path>(parts: readonly Predicate<Path>[]): Predicate<Path> {
  const [first] = parts
  return parts.length === 1 && first !== undefined ? first : { kind: 'and', of: parts }
}

/** Of no values nothing is true, as in MongoDB, although an empty `and` would be. */
function equalsAll<Path>(path: Path, values: readonly JsonValue[]): Predicate<Path> {
  if (values.length === 0) return { kind: 'in', path, values }
  return all(values.map((value) => ({ kind: 'eq', path, value })))
}

function not<Path>(of: Predicate<Path>): Predicate<Path> {
  return { kind: 'not', of }
}
