import { isNumericArray, type NumericArray } from '@lossline/protocol'
import { CyclicValueError, InvalidCellError, InvalidKeyError } from '../errors.ts'
import { isMediaValue } from '../media/media-value.ts'
import { classifyValue } from '../values/classify-value.ts'
import { explainSkip } from '../values/skipped-values.ts'
import type { Cell } from './growing-cells.ts'
import { toMediaCell } from './media-cell.ts'

const depthMax = 500

/**
 * A value as a cell. Lists, objects, arrays and pixels are copied, so that they may be changed right after.
 *
 * @throws {@link InvalidCellError} for what cannot be in a table (functions, promises, tensors, symbols),
 *   {@link CyclicValueError} for a value that holds itself.
 */
export function toCell(value: unknown, column: string): Cell {
  switch (typeof value) {
    case 'number':
    case 'string':
    case 'boolean':
      return value
    case 'undefined':
      return null
    case 'bigint':
      return fromBigint(value)
    default:
      return value === null ? null : toDeepCell(value, column, [])
  }
}

function toDeepCell(value: unknown, column: string, ancestors: readonly unknown[]): Cell {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'function' || typeof value === 'symbol'
      ? toClassified(value, column, ancestors)
      : toCell(value, column)
  }
  if (ancestors.includes(value)) throw new CyclicValueError([column])
  if (ancestors.length >= depthMax) throw new InvalidCellError(column, 'it is nested more than 500 levels deep')
  if (isMediaValue(value)) return toMediaCell(value, column)
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : new Date(value.getTime())
  if (isNumericArray(value) && value.constructor.name !== 'Buffer') return copyArray(value)
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) return Array.from(value, fromBigint)
  return toClassified(value, column, ancestors)
}

function toClassified(value: unknown, column: string, ancestors: readonly unknown[]): Cell {
  const classified = classifyValue(value, 'history')
  const within = [...ancestors, value]
  switch (classified.kind) {
    case 'leaf':
      return toCell(classified.json, column)
    case 'list':
      return Array.from(classified.items, (item) => toDeepCell(item, column, within))
    case 'object':
      return new Map(
        classified.keys.map((key) => {
          if (typeof key !== 'string' && typeof key !== 'number') throw new InvalidKeyError(key, [column])
          return [String(key), toDeepCell(classified.read(key), column, within)]
        }),
      )
    case 'media':
      return toMediaCell(classified.value, column)
    case 'chart':
      throw new InvalidCellError(column, 'a chart is logged by itself')
    case 'skip':
      throw new InvalidCellError(column, reasons[classified.reason] ?? explainSkip(classified.reason))
    default:
      return assertNever(classified)
  }
}

/** Where a cell calls for other words than a row. */
const reasons: Readonly<Record<string, string>> = {
  promise: 'it is a promise: await it first',
  tensor: 'it is a tensor: take what its data() or arraySync() returns',
  symbol: 'a symbol has no JSON',
  function: 'it is a function: pass what it returns, or its name',
}

function fromBigint(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

function copyArray(array: NumericArray): NumericArray {
  return array.slice()
}

function assertNever(value: never): never {
  throw new Error(`Unknown value ${JSON.stringify(value)}`)
}
