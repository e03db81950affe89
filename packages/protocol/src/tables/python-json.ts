import { compareCodePoints } from '../artifacts/code-point-order.ts'
import { isJsonObject, type JsonValue } from '../json/json-value.ts'

/**
 * How W&B's client writes JSON: `compact` into the files of a run (UTF-8, no spaces, bare `NaN`), `spaced` into its
 * artifacts (`json.dump` of Python with sorted keys: ASCII, a space after `,` and `:`, NaN as null). Infinity is bare in
 * both. Same text, same digest: that makes two clients share a version.
 */
export type JsonStyle = 'compact' | 'spaced'

/**
 * A number as Python prints it. Whether a whole number was `1` or `1.0` there cannot be known from a JavaScript number.
 *
 * @param isFloat - true = `1.0`. Default: `1`.
 */
export function toNumberText(value: number, style: JsonStyle, isFloat = false): string {
  if (Number.isInteger(value) && value < 2 ** 53 && value > -(2 ** 53)) {
    if (value === 0 && 1 / value < 0) return '-0.0'
    return isFloat ? `${value}.0` : String(value)
  }
  if (Number.isNaN(value)) return style === 'compact' ? 'NaN' : 'null'
  const size = Math.abs(value)
  if (size === Number.POSITIVE_INFINITY) return String(value)
  if (size >= 1e16 || size < (style === 'compact' ? 1e-5 : 1e-4)) return exponentText(value, style)
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

/** A text in JSON, with its quotes. Lone surrogates are escaped, so that the result is always valid UTF-8. */
export function toStringText(value: string, style: JsonStyle): string {
  const text = JSON.stringify(value)
  return style === 'spaced' && hasNonAscii.test(text) ? text.replace(everyNonAscii, toEscape) : text
}

/** A JSON value in one of the two styles. */
export function toJsonText(value: JsonValue, style: JsonStyle): string {
  switch (typeof value) {
    case 'number':
      return toNumberText(value, style)
    case 'string':
      return toStringText(value, style)
    case 'object':
      break
    default:
      return String(value)
  }
  if (value === null) return 'null'
  const comma = style === 'compact' ? ',' : ', '
  if (!isJsonObject(value)) return `[${value.map((member) => toJsonText(member, style)).join(comma)}]`
  const colon = style === 'compact' ? ':' : ': '
  const keys = Object.keys(value)
  if (style === 'spaced') keys.sort(compareCodePoints)
  const members = keys.map((key) => `${toStringText(key, style)}${colon}${toJsonText(value[key] as JsonValue, style)}`)
  return `{${members.join(comma)}}`
}

const hasNonAscii = /[^ -~]/
const everyNonAscii = /[^ -~]/g

function toEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

// Python writes at least two digits of the exponent, the other writer as many as there are.
function exponentText(value: number, style: JsonStyle): string {
  const text = value.toExponential()
  return style === 'compact' ? text : text.replace(/e([+-])(\d)$/, 'e$10$2')
}
