import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, Scalar } from 'yaml'
import type { ConfigValue } from './config-value.ts'
import { SweepConfigError } from './sweep-config-error.ts'

/**
 * Reads YAML as PyYAML does: `yes` and `off` are booleans, `017` is octal, `1:30` sexagesimal, dates stay texts. One difference:
 * `1e-5`, which PyYAML takes for a text, is a number, as everybody who writes it means.
 *
 * @throws {@link SweepConfigError} for what is no YAML.
 */
export function parseYaml(text: string): ConfigValue {
  const document = parseDocument(text, { version: '1.1', uniqueKeys: false, logLevel: 'silent' })
  const [problem] = document.errors
  if (problem !== undefined) {
    throw new SweepConfigError(`The configuration is no YAML: ${problem.message.split('\n')[0]}`)
  }
  const seen = new Set<unknown>()
  const convert = (node: unknown): ConfigValue => {
    if (isAlias(node)) {
      const target: Node | undefined = node.resolve(document)
      if (target === undefined || seen.has(target)) {
        throw new SweepConfigError(`The configuration has an alias "${node.source}" that leads nowhere, or to itself.`)
      }
      return convert(target)
    }
    if (isScalar(node)) return convertScalar(node)
    if (!isMap(node) && !isSeq(node)) return null
    seen.add(node)
    const value = isSeq(node) ? node.items.map(convert) : convertMap(node.items, convert)
    seen.delete(node)
    return value
  }
  return convert(document.contents)
}

function convertMap(
  items: readonly { readonly key: unknown; readonly value: unknown }[],
  convert: (node: unknown) => ConfigValue,
): ReadonlyMap<string, ConfigValue> {
  const map = new Map<string, ConfigValue>()
  const own = new Set<string>()
  for (const { key, value } of items) {
    if (isScalar(key) && key.source === '<<' && key.type === Scalar.PLAIN) {
      const merged = convert(value)
      for (const one of Array.isArray(merged) ? merged : [merged]) {
        if (one instanceof Map) for (const [name, of] of one) if (!own.has(name) && !map.has(name)) map.set(name, of)
      }
      continue
    }
    const name = isScalar(key) ? (key.source ?? String(key.value)) : JSON.stringify(key)
    own.add(name)
    map.set(name, convert(value))
  }
  return map
}

function convertScalar(node: Scalar): ConfigValue {
  const isPlain = node.type === undefined || node.type === Scalar.PLAIN
  if (!isPlain) return String(node.value)
  return resolvePlain(node.source ?? (node.value === null ? '' : String(node.value)))
}

const nulls = /^(?:~|null|Null|NULL|)$/
const booleans = /^(?:yes|no|true|false|on|off|Yes|No|True|False|On|Off|YES|NO|TRUE|FALSE|ON|OFF)$/
const trues = /^(?:yes|true|on)$/i
const decimal = /^[-+]?(?:0|[1-9][\d_]*)$/
const based = /^([-+]?)(0b[01_]+|0x[\da-fA-F_]+|0[0-7_]+)$/
const sexagesimal = /^[-+]?[1-9][\d_]*(?::[0-5]?\d)+(\.[\d_]*)?$/
const float = /^[-+]?(?:\d[\d_]*\.[\d_]*(?:[eE][-+]?\d+)?|\.\d[\d_]*(?:[eE][-+]?\d+)?|\d[\d_]*[eE][-+]?\d+)$/
const special = /^([-+]?)\.(inf|Inf|INF|nan|NaN|NAN)$/

function resolvePlain(text: string): ConfigValue {
  if (nulls.test(text)) return null
  if (booleans.test(text)) return trues.test(text)
  const digits = text.replaceAll('_', '')
  if (decimal.test(text)) return { kind: 'integer', value: Number(digits) }
  const [, sign, number] = based.exec(digits) ?? []
  if (number !== undefined) {
    const size = /^0[bx]/.test(number) ? Number(number) : Number.parseInt(number, 8)
    return { kind: 'integer', value: sign === '-' ? -size : size }
  }
  if (float.test(text)) return { kind: 'float', value: Number(digits) }
  const [, direction, name] = special.exec(text) ?? []
  if (name !== undefined) {
    const isInfinite = name.toLowerCase() === 'inf'
    return { kind: 'float', value: isInfinite ? (direction === '-' ? -Infinity : Infinity) : Number.NaN }
  }
  const base60 = sexagesimal.exec(text)
  if (base60 !== null) {
    const parts = digits.replace(/^[-+]/, '').split(':').map(Number)
    const size = parts.reduce((sum, part) => sum * 60 + part, 0)
    return { kind: base60[1] === undefined ? 'integer' : 'float', value: text.startsWith('-') ? -size : size }
  }
  return text
}
