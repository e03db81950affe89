import { type StrictJson, setProperty } from '@lossline/protocol'

/**
 * A value of a sweep's configuration. Whether a number was written as an integer or with a point decides what it means (`{min: 1,
 * max: 2}` are integers, `{min: 1, max: 2.0}` are not), and JavaScript's numbers do not tell.
 */
export type ConfigValue = null | boolean | string | ConfigNumber | readonly ConfigValue[] | ConfigMap

/** A number as it was written. */
export interface ConfigNumber {
  readonly kind: 'integer' | 'float'
  readonly value: number
}

/** Keys in the order in which they were written. */
export type ConfigMap = ReadonlyMap<string, ConfigValue>

export function isConfigMap(value: ConfigValue | undefined): value is ConfigMap {
  return value instanceof Map
}

/** Whether it is a list. */
export function isConfigList(value: ConfigValue | undefined): value is readonly ConfigValue[] {
  return Array.isArray(value)
}

export function isConfigNumber(value: ConfigValue | undefined): value is ConfigNumber {
  return typeof value === 'object' && value !== null && 'kind' in value
}

/** The value without that difference. NaN and infinities, which JSON lacks, become their names. */
export function toPlainValue(value: ConfigValue): StrictJson {
  if (isConfigNumber(value)) return Number.isFinite(value.value) ? value.value : String(value.value)
  if (isConfigList(value)) return value.map(toPlainValue)
  if (!isConfigMap(value)) return value
  const plain: Record<string, StrictJson> = {}
  for (const [key, of] of value) setProperty(plain, key, toPlainValue(of))
  return plain
}

/** As Python prints it, for messages that W&B's users know. */
export function toPythonText(value: ConfigValue): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return toPythonString(value)
  if (isConfigNumber(value)) return value.kind === 'integer' ? String(value.value) : toPythonFloat(value.value)
  if (isConfigList(value)) return `[${value.map(toPythonText).join(', ')}]`
  const entries = [...value].map(([key, of]) => `${toPythonString(key)}: ${toPythonText(of)}`)
  return `{${entries.join(', ')}}`
}

function toPythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote
}

/** Exponents from 1e16 on and below 1e-4, with two digits at least. */
function toPythonFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
  }
  return Number.isInteger(value) ? `${value}.0` : String(value)
}
