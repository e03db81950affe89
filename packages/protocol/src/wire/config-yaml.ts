import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts'
import { stringifyJson } from '../json/stringify-json.ts'

/**
 * Text of a `config.yaml`: a config as it is on the wire, its keys sorted. Lists and texts are written as JSON, which YAML
 * contains.
 *
 * @example toConfigYaml({ lr: { value: 0.1 } })  // 'lr:\n    value: 0.1\n'
 */
export function toConfigYaml(wireConfig: JsonObject): string {
  return toMembers(wireConfig, '')
}

function toMembers(object: JsonObject, indent: string): string {
  const keys = Object.keys(object).sort()
  return keys.map((key) => `${indent}${toKey(key)}:${toBlock(object[key] ?? null, `${indent}    `)}`).join('')
}

/** What follows a colon, with the line's end. */
function toBlock(value: JsonValue, indent: string): string {
  if (isJsonObject(value) && Object.keys(value).length > 0) return `\n${toMembers(value, indent)}`
  return ` ${toFlow(value)}\n`
}

function toFlow(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(toFlow).join(', ')}]`
  if (isJsonObject(value)) {
    return `{${Object.keys(value)
      .map((key) => `${toText(key)}: ${toFlow(value[key] ?? null)}`)
      .join(', ')}}`
  }
  if (typeof value === 'number') return toNumber(value)
  return typeof value === 'string' ? toText(value) : stringifyJson(value)
}

function toNumber(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  if (Object.is(value, -0)) return '-0.0'
  // YAML 1.1, which Python reads, takes an exponent without a point for a text.
  return stringifyJson(value).replace(/^(-?\d+)e/, '$1.0e')
}

function toText(text: string): string {
  // JSON leaves these as they are, and YAML does not take them.
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function toKey(key: string): string {
  // Words that YAML reads as something other than text, and everything with punctuation, need quotes.
  return /^[A-Za-z_][\w-]*$/.test(key) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(key) ? key : toText(key)
}
