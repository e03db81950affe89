import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** Values of a chunk as bytes; `isShuffled` says which of the two forms they have. */
export interface EncodedValues {
  readonly isShuffled: boolean
  readonly bytes: Uint8Array
}

// Level 1 is within 1 % of level 3 on shuffled floats at half its time (bench/history-query.bench.ts).
const zstdOptions = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/**
 * Packs float64 values: byte k of every value together (so that equal exponents and the zero bytes of float32 numbers stand
 * in a row), then zstd. Left as they are when that saves nothing.
 */
export function encodeValues(values: Float64Array): EncodedValues {
  const plain = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const packed = zstdCompressSync(shuffle(plain, values.length), zstdOptions)
  return packed.length < plain.length ? { isShuffled: true, bytes: packed } : { isShuffled: false, bytes: plain }
}

/** Gives back any stretch of a chunk's values; the costly part is done once. */
export interface ValueReader {
  /** Values `from`…`to`-1 in a new array. */
  slice(from: number, to: number): Float64Array
}

/** @throws RangeError when the bytes do not hold exactly `count` values, or what zstd throws. */
export function openValues(encoded: EncodedValues, count: number): ValueReader {
  const byteLength = count * 8
  const bytes = encoded.isShuffled
    ? zstdDecompressSync(encoded.bytes, {
        chunkSize: Math.max(64, byteLength),
        maxOutputLength: Math.max(1, byteLength),
      })
    : encoded.bytes
  if (bytes.length !== byteLength) throw new RangeError(`Not ${count} values but ${bytes.length} bytes.`)
  return {
    slice: (from, to) =>
      encoded.isShuffled ? unshuffle(bytes, count, from, to) : new Float64Array(bytes.slice(from * 8, to * 8).buffer),
  }
}

function shuffle(plain: Uint8Array, count: number): Uint8Array {
  const shuffled = new Uint8Array(count * 8)
  for (let byte = 0; byte < 8; byte++) {
    const plane = byte * count
    for (let value = 0; value < count; value++) shuffled[plane + value] = plain[value * 8 + byte]!
  }
  return shuffled
}

function unshuffle(shuffled: Uint8Array, count: number, from: number, to: number): Float64Array {
  const values = new Float64Array(to - from)
  const plain = new Uint8Array(values.buffer)
  for (let byte = 0; byte < 8; byte++) {
    const plane = byte * count + from
    for (let value = 0; value < values.length; value++) plain[value * 8 + byte] = shuffled[plane + value]!
  }
  return values
}
