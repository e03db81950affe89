import { stringifyNumber } from '../json/stringify-json.ts'
import { varintSize } from './byte-writer.ts'

/** A row of numbers and what the journal adds to it. */
export interface NumericRow {
  /** Number of the record, from 1. */
  readonly num: number
  readonly step: number
  /** `_timestamp`: seconds since 1970. */
  readonly timestampSeconds: number
  /** `_runtime`: seconds since the run's start. */
  readonly runtimeSeconds: number
  /** The values of the encoder's paths, in their order, from `valuesOffset` on. */
  readonly values: Float64Array
  readonly valuesOffset: number
}

/** Writes history records of rows with the same keys. */
export interface HistoryEncoder {
  /** The labels of each value, from the outside in. */
  readonly paths: readonly (readonly string[])[]
  /** Not less than the bytes of any record; `target` of `encodeInto` has to have room for them. */
  readonly bytesMax: number
  /**
   * Writes the record of a row and returns the offset behind it. The bytes are those of `encodeRecord` for the items of the
   * paths followed by `_timestamp`, `_runtime` and `_step`, with the step as `step.num` as well.
   */
  encodeInto(target: Uint8Array, offset: number, row: NumericRow): number
}

// No number takes more characters: -1.2345678901234567e-300.
const numberLengthMax = 25
// Tag and length of the record's history, its number, and its step as message.
const envelopeLengthMax = 48

/** Makes the encoder for rows with values at these paths; a path of one label is a top-level key. */
export function createHistoryEncoder(paths: readonly (readonly string[])[]): HistoryEncoder {
  const prefixes = paths.map(itemPrefix)
  const timestampPrefix = itemPrefix(['_timestamp'])
  const runtimePrefix = itemPrefix(['_runtime'])
  const stepPrefix = itemPrefix(['_step'])
  // The length of a body hardly changes between rows: its size in bytes is guessed from the row before.
  let lengthSize = 2

  const bytesMax = [...prefixes, timestampPrefix, runtimePrefix, stepPrefix].reduce(
    (sum, prefix) => sum + prefix.length + 12 + numberLengthMax,
    envelopeLengthMax,
  )

  return {
    paths,
    bytesMax,
    encodeInto(target, offset, row) {
      const { num, step, values, valuesOffset } = row
      let at = offset
      if (num !== 0) {
        target[at++] = 0x08
        at = writeVarint(target, at, num)
      }
      target[at++] = 0x12
      const bodyStart = at + lengthSize
      let end = bodyStart
      for (let index = 0; index < prefixes.length; index += 1) {
        end = writeItem(target, end, prefixes[index] as Uint8Array, values[valuesOffset + index] as number)
      }
      end = writeItem(target, end, timestampPrefix, row.timestampSeconds)
      end = writeItem(target, end, runtimePrefix, row.runtimeSeconds)
      end = writeItem(target, end, stepPrefix, step)
      target[end++] = 0x12
      if (step === 0) target[end++] = 0
      else {
        target[end] = 1 + varintSize(step)
        target[end + 1] = 0x08
        end = writeVarint(target, end + 2, step)
      }
      const length = end - bodyStart
      const neededSize = varintSize(length)
      if (neededSize !== lengthSize) {
        target.copyWithin(at + neededSize, bodyStart, end)
        end += neededSize - lengthSize
        lengthSize = neededSize
      }
      writeVarint(target, at, length)
      return end
    },
  }
}

/** The part of an item that does not change: its labels and the tag of its value. */
function itemPrefix(path: readonly string[]): Uint8Array {
  const labels = path.map((label) => new TextEncoder().encode(label))
  const prefix = new Uint8Array(labels.reduce((sum, { length }) => sum + 1 + varintSize(length) + length, 2))
  let at = 0
  for (const label of labels) {
    prefix[at] = 0x12
    at = writeVarint(prefix, at + 1, label.length)
    prefix.set(label, at)
    at += label.length
  }
  prefix.set([0x82, 0x01], at)
  return prefix
}

function writeItem(target: Uint8Array, offset: number, prefix: Uint8Array, value: number): number {
  target[offset] = 0x0a
  // An item of up to 100 bytes before its number has a length of one byte whatever the number is: it can be put in later.
  const isShort = prefix.length < 127 - numberLengthMax
  const prefixStart = isShort
    ? offset + 2
    : writeVarint(target, offset + 1, prefix.length + 1 + stringifyNumber(value).length)
  // A call of set costs more than this loop for keys of usual length.
  for (let index = 0; index < prefix.length; index += 1) target[prefixStart + index] = prefix[index] as number
  const lengthAt = prefixStart + prefix.length
  const end = writeNumber(target, lengthAt + 1, value)
  target[lengthAt] = end - lengthAt - 1
  if (isShort) target[offset + 1] = end - prefixStart
  return end
}

/** Writes what `stringifyNumber` says, as ASCII. */
function writeNumber(target: Uint8Array, offset: number, value: number): number {
  // Below 2³² doubles lie closer than a millionth, so a number of whole millionths has them as its shortest digits. That
  // goes for integers, times and everything rounded, and is several times quicker than the general conversion.
  if (value >= 1e-6 && value < 4_294_967_296) {
    const whole = Math.floor(value)
    if (whole === value) return writeInteger(target, offset, whole)
    const millionths = Math.round((value - whole) * 1e6)
    if (millionths > 0 && millionths < 1_000_000 && (whole * 1e6 + millionths) / 1e6 === value) {
      return writeFraction(target, writeInteger(target, offset, whole), millionths)
    }
  }
  const text = stringifyNumber(value)
  for (let index = 0; index < text.length; index += 1) target[offset + index] = text.charCodeAt(index)
  return offset + text.length
}

function writeInteger(target: Uint8Array, offset: number, value: number): number {
  let length = 1
  for (let power = 10; power <= value; power *= 10) length += 1
  let rest = value
  for (let at = offset + length - 1; at >= offset; at -= 1) {
    const next = Math.floor(rest / 10)
    target[at] = 0x30 + (rest - next * 10)
    rest = next
  }
  return offset + length
}

/** A point and up to six digits, without zeros at the end. */
function writeFraction(target: Uint8Array, offset: number, millionths: number): number {
  target[offset] = 0x2e
  let rest = millionths
  for (let at = offset + 6; at > offset; at -= 1) {
    const next = (rest / 10) | 0
    target[at] = 0x30 + (rest - next * 10)
    rest = next
  }
  let end = offset + 7
  while (target[end - 1] === 0x30) end -= 1
  return end
}

function writeVarint(target: Uint8Array, offset: number, value: number): number {
  let at = offset
  let rest = value
  while (rest > 0x7f) {
    target[at++] = (rest % 128) | 0x80
    rest = Math.floor(rest / 128)
  }
  target[at++] = rest
  return at
}
