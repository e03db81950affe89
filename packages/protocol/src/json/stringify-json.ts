import { ProtocolError } from '../errors.ts'
import type { StrictJson } from '../page/page-api.ts'
import { isJsonObject, type JsonValue, jsonDepthMax, setProperty } from './json-value.ts'

/**
 * Writes W&B's JSON dialect: `NaN`, `Infinity` and `-Infinity` bare, bigints as digits. A number that is whole but not a
 * safe integer gets an exponent, so that it is read as the floating-point number that it is. −0 stays −0.
 *
 * @throws {@link ProtocolError} `invalid-json` when nested deeper than 500, as a value that holds itself is.
 */
export function stringifyJson(value: JsonValue): string {
  return stringify(value, 0)
}

/** A number as {@link stringifyJson} writes it. */
export function stringifyNumber(value: number): string {
  if (value === 0) return 1 / value < 0 ? '-0' : '0'
  // From 2⁵³ to 10²¹ String gives plain digits, which would be read as an exact integer.
  return Math.abs(value) >= 2 ** 53 && Number.isFinite(value) ? value.toExponential() : String(value)
}

function stringify(value: JsonValue, depth: number): string {
  switch (typeof value) {
    case 'number':
      return stringifyNumber(value)
    case 'string':
      return JSON.stringify(value)
    case 'object':
      break
    default:
      return String(value)
  }
  if (value === null) return 'null'
  if (depth === jsonDepthMax) {
    throw new ProtocolError({ code: 'invalid-json', message: `A value is nested deeper than ${jsonDepthMax}.` })
  }
  if (!isJsonObject(value)) return `[${value.map((element) => stringify(element, depth + 1)).join(',')}]`
  const members: string[] = []
  for (const key of Object.keys(value)) {
    const member = value[key]
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${stringify(member, depth + 1)}`)
  }
  return `{${members.join(',')}}`
}

/**
 * The value as JSON that every parser takes: non-finite numbers become the strings "NaN", "Infinity" and "-Infinity",
 * bigints become numbers where that is exact, else strings.
 */
export function toStrictJson(value: JsonValue): StrictJson {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? value : String(value)
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
    case 'object': {
      if (value === null) return null
      if (!isJsonObject(value)) return value.map(toStrictJson)
      const strict: Record<string, StrictJson> = {}
      for (const key of Object.keys(value)) setProperty(strict, key, toStrictJson(value[key] as JsonValue))
      return strict
    }
    default:
      return value
  }
}
