import type { StrictJson } from '@lossline/protocol'
import { type ConfigValue, isConfigList, isConfigMap, isConfigNumber } from './config-value.ts'
import { parseYaml } from './parse-yaml.ts'

/**
 * Writes a configuration as YAML, in block style and in the order of its keys: what {@link parseYaml} and PyYAML read back as the
 * same, numbers with a point and numbers without one apart.
 *
 * @example
 * ```ts
 * stringifyYaml(toConfigValue({ method: 'grid', parameters: { lr: { values: [0.1, 1] } } }))
 * ```
 */
export function stringifyYaml(value: ConfigValue): string {
  return `${linesOf(value).join('\n')}\n`
}

/** A value of JSON as one of a configuration: numbers are integers if they have nothing after the point. */
export function toConfigValue(value: StrictJson): ConfigValue {
  if (typeof value === 'number') return { kind: Number.isInteger(value) ? 'integer' : 'float', value }
  if (Array.isArray(value)) return value.map(toConfigValue)
  if (typeof value !== 'object' || value === null) return value as null | boolean | string
  return new Map(Object.entries(value).map(([key, of]) => [key, toConfigValue(of)]))
}

function linesOf(value: ConfigValue): readonly string[] {
  if (isConfigMap(value) && value.size > 0) return [...value].flatMap(([key, of]) => below(`${textOf(key)}:`, of))
  if (isConfigList(value) && value.length > 0) return value.flatMap((one) => below('-', one))
  return [scalarOf(value)]
}

/** On the same line what has one, deeper what has several; a mapping in a list begins beside the dash. */
function below(head: string, value: ConfigValue): readonly string[] {
  const isDeep = (isConfigMap(value) && value.size > 0) || (isConfigList(value) && value.length > 0)
  const lines = linesOf(value)
  if (!isDeep) return [`${head} ${lines[0]}`]
  if (head !== '-') return [head, ...lines.map((line) => `  ${line}`)]
  return lines.map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`))
}

function scalarOf(value: ConfigValue): string {
  if (isConfigMap(value)) return '{}'
  if (isConfigList(value)) return '[]'
  if (typeof value === 'string') return textOf(value)
  return isConfigNumber(value) ? numberOf(value) : String(value)
}

function numberOf({ kind, value }: { readonly kind: 'integer' | 'float'; readonly value: number }): string {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  if (kind === 'integer') return String(BigInt(value))
  // PyYAML takes numbers with an exponent for texts unless there are a point and a sign.
  const text = Object.is(value, -0) ? '-0' : String(value)
  const [digits = '', exponent] = text.split('e')
  const pointed = digits.includes('.') ? digits : `${digits}.0`
  return exponent === undefined ? pointed : `${pointed}e${exponent}`
}

/** Plain where nobody would read something else, else in quotes. */
function textOf(text: string): string {
  const isPlain = /^[A-Za-z_$][\w$./-]*(?: [\w$./-]+)*$/.test(text) && parseYaml(text) === text
  if (isPlain && !/^[yYnN]$/.test(text)) return text
  // Beyond what JSON escapes, YAML counts these as ends of lines, or does not allow them.
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
