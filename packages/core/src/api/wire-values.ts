import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '@lossline/protocol'

/** The object at a path of an answer; `undefined` where there is none. */
export function maybeObjectAt(value: JsonValue | undefined, ...path: readonly string[]): JsonObject | undefined {
  let current = value
  for (const name of path) current = isJsonObject(current) ? current[name] : undefined
  return isJsonObject(current) ? current : undefined
}

/** The list at a member of an object; empty where there is none. */
export function listAt(object: JsonObject | undefined, name: string): readonly JsonValue[] {
  const value = object?.[name]
  return Array.isArray(value) ? value : []
}

/** The text at a member of an object. Null, an empty text and anything else count as none. */
export function maybeTextAt(object: JsonObject | undefined, name: string): string | undefined {
  const value = object?.[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The number at a member, which W&B's server gives as a number or as digits. */
export function maybeNumberAt(object: JsonObject | undefined, name: string): number | undefined {
  const value = object?.[name]
  if (typeof value === 'number') return value
  if (typeof value === 'bigint' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))) return Number(value)
  return undefined
}

/** The time at a member. A time without a zone is UTC, as everywhere in W&B's protocol. */
export function maybeDateAt(object: JsonObject | undefined, name: string): Date | undefined {
  const text = maybeTextAt(object, name)
  if (text === undefined) return undefined
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(text)
  const date = new Date(hasZone ? text : `${text}Z`)
  return Number.isNaN(date.getTime()) ? undefined : date
}

/** The object that a member holds as JSON text; empty when there is none, or when it is no object. */
export function parsedAt(object: JsonObject | undefined, name: string): JsonObject {
  const text = maybeTextAt(object, name)
  const value = text === undefined ? undefined : parseJson(text)
  return isJsonObject(value) ? value : {}
}

/**
 * Puts numbers back that strict JSON has no way to write: the words `NaN`, `Infinity` and `-Infinity` at the top of a row.
 */
export function restoreNumbers(row: JsonObject): JsonObject {
  const entries = Object.entries(row).map(([key, value]): [string, JsonValue] => [
    key,
    value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : value,
  ])
  return Object.fromEntries(entries)
}
