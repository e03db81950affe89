import type { JsonValue } from '@lossline/protocol'
import { isArtifact } from '../artifacts/artifact-mark.ts'
import { isMediaValue, type MediaValue } from '../media/media-value.ts'
import { type CustomChart, isCustomChart } from '../plot/custom-chart.ts'
import { hasMethod, isPromise } from './duck-types.ts'
import { histogramOf } from './histogram.ts'
import { describeArray, numericArrayMin, summarizeArray } from './numeric-array.ts'

/** Where a value goes. W&B writes NaN and long arrays differently into each of the three. */
export type ValueDestination = 'history' | 'summary' | 'config'

/** Why a value was left out. Each reason is counted and said once. */
export type SkipReason =
  | 'undefined'
  | 'symbol'
  | 'function'
  | 'artifact'
  | 'promise'
  | 'tensor'
  | 'invalid-date'
  | 'no-finite-numbers'
  | 'unreadable'
  | 'too-deep'
  | 'media'
  | 'too-many-images'
  | 'table-changed'
  | 'table-rows'

/** What a JavaScript value is for W&B: one JSON leaf, a list, an object, media, or nothing. */
export type ClassifiedValue =
  | { readonly kind: 'leaf'; readonly json: JsonValue }
  | { readonly kind: 'list'; readonly items: readonly unknown[] }
  | { readonly kind: 'object'; readonly keys: readonly unknown[]; read(key: unknown): unknown }
  | { readonly kind: 'media'; readonly value: MediaValue }
  | { readonly kind: 'chart'; readonly chart: CustomChart }
  | { readonly kind: 'skip'; readonly reason: SkipReason }

/**
 * Says what a value is, one level deep: the members of lists and objects are not looked at.
 *
 * @throws whatever a getter or a `toJSON` of the value throws.
 */
export function classifyValue(value: unknown, destination: ValueDestination): ClassifiedValue {
  switch (typeof value) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'bigint':
      return leaf(value)
    case 'undefined':
      return { kind: 'skip', reason: 'undefined' }
    case 'symbol':
      return { kind: 'skip', reason: 'symbol' }
    case 'function':
      // In a config it says which one was chosen, as in W&B's client; among metrics it was forgotten to call it.
      return destination === 'config'
        ? leaf(value.name === '' ? '(anonymous function)' : value.name)
        : { kind: 'skip', reason: 'function' }
    case 'object':
      return value === null ? leaf(null) : classifyObject(value, destination)
    default:
      return { kind: 'skip', reason: 'unreadable' }
  }
}

function classifyObject(value: object, destination: ValueDestination): ClassifiedValue {
  if (Array.isArray(value)) return { kind: 'list', items: value }
  if (isMediaValue(value)) {
    return destination === 'config' ? { kind: 'skip', reason: 'media' } : { kind: 'media', value }
  }
  if (destination !== 'config' && isArtifact(value)) return { kind: 'skip', reason: 'artifact' }
  if (isCustomChart(value)) return { kind: 'chart', chart: value }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || (prototype === Object.prototype && !hasToJson(value))) return objectOf(value)
  if (ArrayBuffer.isView(value) || isRawBuffer(value)) return classifyBinary(value, destination)
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? { kind: 'skip', reason: 'invalid-date' } : leaf(value.toISOString())
  }
  if (value instanceof Map) return { kind: 'object', keys: [...value.keys()], read: (key) => value.get(key) }
  if (value instanceof Set) return { kind: 'list', items: [...value.values()] }
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    return classifyValue(value.valueOf(), destination)
  }
  if (value instanceof RegExp) return leaf(String(value))
  if (isPromise(value)) return { kind: 'skip', reason: 'promise' }
  // Reading a tensor may stall a GPU, and only the caller knows when that is acceptable.
  if (hasMethod(value, 'dataSync')) return { kind: 'skip', reason: 'tensor' }
  if (hasToJson(value)) return classifyValue(value.toJSON(), destination)
  if (value instanceof Error) return leaf(String(value))
  return objectOf(value)
}

function classifyBinary(value: ArrayBufferView | ArrayBufferLike, destination: ValueDestination): ClassifiedValue {
  if (!ArrayBuffer.isView(value) || value instanceof DataView || isNodeBuffer(value)) return leaf(decodeUtf8(value))
  const numbers = value as unknown as ArrayLike<number | bigint>
  const only = numbers[0]
  if (numbers.length === 1 && only !== undefined) return classifyValue(only, destination)
  if (numbers.length < numericArrayMin) return { kind: 'list', items: Array.from(numbers) }
  if (destination === 'config') return leaf(describeArray(value.constructor.name, numbers))
  const reduced = destination === 'history' ? histogramOf(numbers) : summarizeArray(numbers)
  return reduced === undefined ? { kind: 'skip', reason: 'no-finite-numbers' } : objectOf(reduced)
}

function leaf(json: JsonValue): ClassifiedValue {
  return { kind: 'leaf', json }
}

/** Own enumerable properties. Symbols among them are kept, for the caller to refuse. */
function objectOf(value: object): ClassifiedValue {
  const symbols = Object.getOwnPropertySymbols(value)
  const enumerable = symbols.filter((symbol) => Object.prototype.propertyIsEnumerable.call(value, symbol))
  return {
    kind: 'object',
    keys: [...Object.keys(value), ...enumerable],
    read: (key) => Reflect.get(value, key as string | symbol),
  }
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function'
}

function isRawBuffer(value: object): value is ArrayBufferLike {
  return (
    value instanceof ArrayBuffer || (typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer)
  )
}

// By name, since browsers have no Buffer: a Buffer holds text or a file, every other byte array holds numbers.
function isNodeBuffer(value: ArrayBufferView): boolean {
  return value.constructor.name === 'Buffer'
}

function decodeUtf8(value: ArrayBufferView | ArrayBufferLike): string {
  const bytes = ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value)
  // TextDecoder refuses shared memory, so decode a copy.
  return new TextDecoder().decode(Uint8Array.from(bytes))
}
