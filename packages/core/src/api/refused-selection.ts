import { LosslineError } from '@lossline/protocol'
import { InvalidOptionError } from '../options/invalid-option-error.ts'
import { describeValue } from '../values/describe-value.ts'
import type { RunFilter } from './run-filter.ts'

/** What {@link RunFilter} says that it can name. Servers may know more, so this only explains what one has refused. */
const fields: ReadonlySet<string> = new Set([
  'name',
  'displayName',
  'state',
  'createdAt',
  'heartbeatAt',
  'duration',
  'group',
  'jobType',
  'host',
  'username',
  'sweep',
  'tags',
])
const allowedFields = `${[...fields].join(', ')}, config.<key>, summary.<key>`
const fieldsHint = `Fields are ${allowedFields}.`

/** Other spellings that W&B's server and ours take. */
const otherFields: ReadonlySet<string> = new Set([
  'display_name',
  'created_at',
  'heartbeat_at',
  'updatedAt',
  'updated_at',
  'entity',
  'user',
])

const operators: ReadonlySet<string> = new Set([
  '$eq',
  '$ne',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$in',
  '$nin',
  '$exists',
  '$regex',
  '$contains',
  '$all',
  '$size',
  '$and',
  '$or',
  '$nor',
  '$not',
])

/** Members of a filter that hold filters themselves. */
const combinations: ReadonlySet<string> = new Set(['$and', '$or', '$nor', '$not'])

/** Which runs a call has asked for. */
export interface RunSelection {
  readonly filters: RunFilter
  readonly order: string
}

/** @throws {@link InvalidOptionError} for what can be no filter or order, whatever the server. */
export function checkSelection({ filters, order }: RunSelection): void {
  // Callers in JavaScript pass anything.
  const given: { readonly filters: unknown; readonly order: unknown } = { filters, order }
  if (typeof given.filters !== 'object' || given.filters === null || Array.isArray(given.filters)) {
    throw new InvalidOptionError(
      'runs',
      `filters is an object, not ${describeValue(filters)}.`,
      "Name fields and their values, such as { state: 'finished', 'summary.loss': { $lt: 0.5 } }.",
    )
  }
  if (typeof given.order !== 'string' || /^[+-]?$/.test(given.order)) {
    throw new InvalidOptionError(
      'runs',
      `order is a field, not ${describeValue(order)}.`,
      `Pass '-createdAt' or another of ${allowedFields}, with + or - before it.`,
    )
  }
}

/** The error of a selection that a server refused: it names the field or operator, and what may stand there. */
export function explainRefusal(error: unknown, selection: RunSelection): unknown {
  if (!LosslineError.isInstance(error) || error.code !== 'server-request') return error
  const isAboutSelection = /filter|order/i.test(error.message)
  const { order, filters } = selection
  const field = order.replace(/^[+-]/, '')
  if (!isField(field) && (isAboutSelection || Object.keys(filters).length === 0)) {
    return refused(`order names "${field}", which is no field of a run.`, fieldsHint, error)
  }
  const [wrong] = wrongNamesOf(filters)
  if (wrong?.startsWith('$')) {
    return refused(
      `filters has the operator "${wrong}", which there is not.`,
      `There are ${[...operators].join(', ')}.`,
      error,
    )
  }
  if (wrong !== undefined) {
    return refused(`filters names "${wrong}", which is no field of a run.`, fieldsHint, error)
  }
  const [, reason] = /invalid filter: (.+)/s.exec(error.message) ?? []
  return reason === undefined
    ? error
    : refused(
        `filters: ${reason}.`,
        'Correct what the server names there; fields and operators are in the guide of the Api.',
        error,
      )
}

function refused(message: string, hint: string, cause: unknown): InvalidOptionError {
  return new InvalidOptionError('runs', message, hint, cause)
}

function isField(path: string): boolean {
  return fields.has(path) || otherFields.has(path) || /^(config|summary|summary_metrics)\../s.test(path)
}

/** Fields and operators in a filter that are not known. */
function* wrongNamesOf(filter: unknown): Generator<string> {
  if (typeof filter !== 'object' || filter === null) return
  for (const [name, operand] of Object.entries(filter)) {
    if (combinations.has(name))
      for (const part of Array.isArray(operand) ? operand : [operand]) yield* wrongNamesOf(part)
    else if (name.startsWith('$')) yield name
    else if (isField(name)) yield* wrongOperatorsOf(operand)
    else yield name
  }
}

function* wrongOperatorsOf(operand: unknown): Generator<string> {
  if (typeof operand !== 'object' || operand === null || operand instanceof RegExp) return
  for (const [name, value] of Object.entries(operand)) {
    if (name === '$not') yield* wrongOperatorsOf(value)
    else if (name.startsWith('$') && !operators.has(name)) yield name
  }
}
