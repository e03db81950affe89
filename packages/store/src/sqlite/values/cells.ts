import { createHash } from 'node:crypto'
import { isJsonObject, type JsonValue } from '@lossline/protocol'

/**
 * A value of a config or summary as it lies in table `run_value`. SQLite sorts numbers before texts and texts before blobs, and
 * compares neither kind with another by converting it: booleans, NaN and digests of lists and objects are therefore blobs.
 */
export type Cell = null | number | bigint | string | Uint8Array

const falseCell = Uint8Array.of(0)
const trueCell = Uint8Array.of(1)
const nanCell = Uint8Array.of(2)
/** First byte of the digest of a list or object. */
const wholeTag = 3

/** In SQL: the least blob that is no boolean. Everything that can be put in order is less than it. */
export const orderEnd = "X'02'"

export function toCell(value: JsonValue): Cell {
  switch (typeof value) {
    case 'boolean':
      return value ? trueCell : falseCell
    case 'number':
      return Number.isNaN(value) ? nanCell : value
    case 'object':
      return value === null ? null : digestOf(value)
    default:
      return value
  }
}

/** The boolean in a cell of one. */
export function fromBooleanCell(cell: Uint8Array): boolean {
  return cell[0] === 1
}

/** Zeros of other signs differ: a query gives back what was logged last. */
export function isSameCell(a: Cell | undefined, b: Cell | undefined): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0
  return Object.is(a, b)
}

/** Lists and objects are only compared whole, so 128 bits of a digest stand for them, however long they are. */
function digestOf(value: JsonValue): Uint8Array {
  const digest = createHash('sha256').update(canonicalText(value)).digest()
  return Uint8Array.of(wholeTag, ...digest.subarray(0, 16))
}

/** The same text for equal values: keys sorted. Integers of 64 bits have the same digits as numbers and as bigints. */
function canonicalText(value: JsonValue): string {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? JSON.stringify(value) : String(value)
  if (!isJsonObject(value)) return `[${value.map(canonicalText).join(',')}]`
  const members = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonicalText(value[key] as JsonValue)}`)
  return `{${members.join(',')}}`
}
