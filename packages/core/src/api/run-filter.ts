import type { JsonObject, JsonValue } from '@lossline/protocol'
import { InvalidOptionError } from '../options/invalid-option-error.ts'

/**
 * Which runs: Mongo's words over their fields, as `wandb.Api` has them. Several members must all hold.
 *
 * Fields are `name` (the id), `displayName`, `state`, `createdAt`, `heartbeatAt`, `duration` (seconds), `group`, `jobType`,
 * `host`, `username`, `sweep`, `tags`, `config.<key>` and `summary.<key>`. Operators are `$eq`, `$ne`, `$gt`, `$gte`, `$lt`,
 * `$lte`, `$in`, `$nin`, `$exists`, `$regex`, and `$and`, `$or`, `$nor`, `$not`. A Date stands for its time, a RegExp for
 * `$regex`.
 *
 * @example { state: 'finished', 'summary.val/loss': { $lt: 0.5 }, displayName: /^cnn/ }
 */
export interface RunFilter {
  readonly [fieldOrOperator: string]: unknown
}

/** The filter in W&B's words. @throws {@link InvalidOptionError} for a value that JSON has no form for. */
export function toWireFilter(filter: RunFilter): JsonObject {
  const entries = Object.entries(filter).map(([key, value]) => [toWireField(key), toWireOperand(value, key)] as const)
  return Object.fromEntries(entries)
}

/** The order in W&B's words: `summary.loss` is `summary_metrics.loss` there. */
export function toWireOrder(order: string): string {
  const [, sign = '', path = ''] = /^([+-]?)(.*)$/s.exec(order) ?? []
  return `${sign}${toWireField(path)}`
}

function toWireField(path: string): string {
  return path.replace(/^summary\./, 'summary_metrics.')
}

function toWireOperand(value: unknown, place: string): JsonValue {
  if (value === null) return null
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
      return value
    case 'object':
      break
    default:
      throw new InvalidOptionError(
        'filters',
        `"${place}" cannot be compared with a ${typeof value}.`,
        'Compare with a text, number, boolean, null, Date, RegExp, a list of them, or an operator such as { $gt: 0.5 }. Leave the field out to take all.',
      )
  }
  if (value instanceof Date) return value.toISOString()
  // RE2, which servers use, has flags only in front of the pattern.
  if (value instanceof RegExp) return { $regex: toRe2(value) }
  if (Array.isArray(value)) return value.map((element) => toWireOperand(element, place))
  const { $regex, ...rest } = value as RunFilter
  const pattern = $regex instanceof RegExp ? toRe2($regex) : $regex
  return toWireFilter(pattern === undefined ? rest : { ...rest, $regex: pattern })
}

function toRe2({ source, flags }: RegExp): string {
  const kept = [...flags].filter((flag) => 'ims'.includes(flag)).join('')
  return kept === '' ? source : `(?${kept})${source}`
}
