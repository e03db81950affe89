/** A value of W&B's JSON dialect: numbers may be NaN and ±Infinity, integers beyond ±(2⁵³ − 1) are bigints. */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject

/** An object of the dialect. The order of its keys has no meaning. */
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** Deepest nesting that is read or written; W&B's own parser has the same limit. */
export const jsonDepthMax = 500

/** Whether the value is an object, and neither null nor a list. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Assignment of a property that also works for the name `__proto__`. */
export function setProperty<Value>(target: Record<string, Value>, name: string, value: Value): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true })
  } else target[name] = value
}
