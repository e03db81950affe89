import type { JsonValue } from '@lossline/protocol'
import { InvalidMediaError } from '../errors.ts'

// The readers of the format refuse deeper JSON.
const depthMax = 500

/**
 * A value as JSON, all of it: typed arrays become lists whatever their length, dates become text, what JSON cannot hold is
 * left out of objects and null in lists.
 *
 * @throws {@link InvalidMediaError} when it is nested deeper than 500, as a value that holds itself is.
 */
export function toPlainJson(value: unknown, depth = 0): JsonValue {
  return maybeJson(value, depth) ?? null
}

function maybeJson(value: unknown, depth: number): JsonValue | undefined {
  if (depth > depthMax) {
    throw new InvalidMediaError(`A value is nested deeper than ${depthMax}, or holds itself.`, 'Pass plain data.')
  }
  switch (typeof value) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'bigint':
      return value
    case 'object':
      return value === null ? null : objectToJson(value, depth)
    default:
      return undefined
  }
}

function objectToJson(value: object, depth: number): JsonValue | undefined {
  if ('toJSON' in value && typeof value.toJSON === 'function') return maybeJson(value.toJSON(), depth + 1)
  if (Array.isArray(value)) return value.map((member) => toPlainJson(member, depth + 1))
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    // Every view but a DataView lists its numbers.
    return Array.from(value as unknown as ArrayLike<number | bigint>)
  }
  const entries = value instanceof Map ? [...value] : Object.entries(value)
  const object: Record<string, JsonValue> = Object.create(null)
  for (const [key, member] of entries) {
    const json = maybeJson(member, depth + 1)
    if (json !== undefined) object[String(key)] = json
  }
  return object
}
