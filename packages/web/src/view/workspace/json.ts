import { type StrictJson, type StrictJsonObject, setProperty } from '@lossline/protocol'

/** What JSON may be. */
export type Json = StrictJson
export type JsonObject = StrictJsonObject

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object at a key; an empty one where there is none. */
export function objectAt(parent: JsonObject, key: string): JsonObject {
  const value = parent[key]
  return isObject(value) ? value : {}
}

export function textAt(parent: JsonObject, key: string): string | undefined {
  const value = parent[key]
  return typeof value === 'string' ? value : undefined
}

export function numberAt(parent: JsonObject, key: string): number | undefined {
  const value = parent[key]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

export function booleanAt(parent: JsonObject, key: string): boolean | undefined {
  const value = parent[key]
  return typeof value === 'boolean' ? value : undefined
}

/** The list at a key; an empty one where there is none. */
export function listAt(parent: JsonObject, key: string): readonly Json[] {
  const value = parent[key]
  return Array.isArray(value) ? value : []
}

/** The texts of a list; what is in it and no text is left out. */
export function textsAt(parent: JsonObject, key: string): readonly string[] {
  return listAt(parent, key).filter((item) => typeof item === 'string')
}

/** The object with some keys set; `undefined` removes one. The same object where that changes nothing. */
export function withKeys(source: JsonObject, values: Readonly<Record<string, Json | undefined>>): JsonObject {
  const changed = Object.entries(values).filter(([key, value]) => !isSameJson(source[key], value))
  if (changed.length === 0) return source
  const next: Record<string, Json> = { ...source }
  for (const [key, value] of changed) {
    if (value === undefined) delete next[key]
    else setProperty(next, key, value)
  }
  return next
}

/** The object with an object within it changed; no empty one is made. */
export function withObject(source: JsonObject, key: string, change: (inner: JsonObject) => JsonObject): JsonObject {
  const inner = objectAt(source, key)
  const next = change(inner)
  return next === inner ? source : withKeys(source, { [key]: next })
}

/** Whether two values are written as the same JSON, but for the order of keys. */
export function isSameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSameJson(item, b[index]))
  }
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSameJson(a[key], b[key]))
  )
}
