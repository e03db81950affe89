import { hashShort, shortBytesMax } from './hash-short.ts'
import { addStripes, copyStripes, createStripes, endStripes, stripeBytes } from './stripes.ts'

/** A hash that takes its input piece by piece. */
export interface Xxh128 {
  /** Texts are taken as UTF-8. */
  update(input: Uint8Array | string): Xxh128
  /** Of all that came so far: 16 bytes, as XXH128 is written. More may come afterwards. */
  digest(): Uint8Array
}

// As many stripes as it takes to hold a short input whole.
const heldBytesMax = 4 * stripeBytes

/**
 * XXH128 (XXH3 of 128 bits, without a seed), by which W&B's client names files on demand: a name for contents, and no
 * protection against forgery.
 *
 * @see https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
 * @example
 * toHex(createXxh128().digest()) // '99aa06d3014798d86001c324468d497f'
 */
export function createXxh128(): Xxh128 {
  const stripes = createStripes()
  // What is not taken in yet from the start; at the end, unless something lies there, the stripe that was taken in last.
  const held = new Uint8Array(heldBytesMax)
  const heldView = new DataView(held.buffer)
  let heldBytes = 0
  let length = 0

  function take(bytes: Uint8Array): void {
    length += bytes.length
    if (heldBytes + bytes.length <= heldBytesMax) {
      held.set(bytes, heldBytes)
      heldBytes += bytes.length
      return
    }
    let from = 0
    if (heldBytes > 0) {
      from = heldBytesMax - heldBytes
      held.set(bytes.subarray(0, from), heldBytes)
      addStripes(stripes, heldView, 0, heldBytesMax / stripeBytes)
    }
    // The last byte waits for what may follow: the last stripe is another kind of one.
    const stripeCount = Math.floor((bytes.length - from - 1) / stripeBytes)
    const rest = from + stripeCount * stripeBytes
    if (stripeCount > 0) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
      addStripes(stripes, view, from, stripeCount)
      held.set(bytes.subarray(rest - stripeBytes, rest), heldBytesMax - stripeBytes)
    }
    held.set(bytes.subarray(rest))
    heldBytes = bytes.length - rest
  }

  /** The last stripe of a long input, which may begin in the one before. */
  function lastStripe(): DataView {
    const last = new Uint8Array(stripeBytes)
    const heldPart = Math.min(heldBytes, stripeBytes)
    last.set(held.subarray(heldBytesMax - stripeBytes + heldPart))
    last.set(held.subarray(heldBytes - heldPart, heldBytes), stripeBytes - heldPart)
    return new DataView(last.buffer)
  }

  function hash() {
    if (length <= shortBytesMax) return hashShort(held.subarray(0, length))
    const all = copyStripes(stripes)
    addStripes(all, heldView, 0, Math.floor((heldBytes - 1) / stripeBytes))
    return endStripes(all, lastStripe(), length)
  }

  return {
    update(input) {
      take(typeof input === 'string' ? new TextEncoder().encode(input) : input)
      return this
    },
    digest() {
      const { low, high } = hash()
      const digest = new DataView(new ArrayBuffer(16))
      digest.setBigUint64(0, high)
      digest.setBigUint64(8, low)
      return new Uint8Array(digest.buffer)
    },
  }
}
