import { isJsonObject, type JsonValue } from '@lossline/protocol'

/** Follows a dotted path; keys may hold dots themselves, so the longest literal match goes first. */
export function valueAt(tree: JsonValue | undefined, path: readonly string[]): JsonValue | undefined {
  if (path.length === 0) return tree
  if (!isJsonObject(tree)) return undefined
  for (let length = path.length; length > 0; length--) {
    const key = path.slice(0, length).join('.')
    if (!Object.hasOwn(tree, key)) continue
    const found = valueAt(tree[key], path.slice(length))
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether a field has the wanted value; a missing one is equal to null. */
export function isEqual(value: JsonValue | undefined, wanted: JsonValue): boolean {
  if (wanted === null) return value === undefined || value === null
  if (value === undefined) return false
  if (typeof value === 'object' || typeof wanted === 'object') return stable(value) === stable(wanted)
  return value === wanted || compareValues(value, wanted) === 0
}

/** Negative, 0 or positive; undefined where the two cannot be compared. Times compare as instants. */
export function compareValues(a: JsonValue | undefined, b: JsonValue | undefined): number | undefined {
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
