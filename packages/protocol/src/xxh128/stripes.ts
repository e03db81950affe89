import { avalanche, type Hash128, multiplyAndFold, prime32, prime64, toU64 } from './arithmetic.ts'
import { secret64, secretWords } from './secret.ts'

/** An input is taken in by so many bytes. */
export const stripeBytes = 64

const stripeCountOfBlock = 16
const blockWords = secretWords(0, 2 * (stripeCountOfBlock + 7))
const scrambleWords = secretWords(128, 16)
const lastWords = secretWords(121, 16)

/** Eight sums of 64 bits, as words of 32: the low one, then the high one. */
export interface Stripes {
  readonly words: Int32Array
  /** In the block that has begun. */
  count: number
}

export function createStripes(): Stripes {
  const sums = [prime32[2], ...prime64.slice(0, 4), prime32[1], prime64[4], prime32[0]]
  const words = Int32Array.from(sums.flatMap((sum) => [Number(sum & 0xffffffffn), Number(sum >> 32n)]))
  return { words, count: 0 }
}

export function copyStripes({ words, count }: Stripes): Stripes {
  return { words: words.slice(), count }
}

/** Takes in stripes that are not the last ones of the input. */
export function addStripes(stripes: Stripes, view: DataView, from: number, count: number): void {
  const end = from + stripeBytes * count
  for (let next = from; next < end; ) {
    const countNow = Math.min(stripeCountOfBlock - stripes.count, (end - next) / stripeBytes)
    accumulate(stripes.words, view, next, countNow, blockWords, 2 * stripes.count)
    next += stripeBytes * countNow
    stripes.count += countNow
    if (stripes.count === stripeCountOfBlock) {
      scramble(stripes.words)
      stripes.count = 0
    }
  }
}

/**
 * The hash of an input of `length` bytes.
 *
 * @param last - Its last {@link stripeBytes}; some may have been taken in before.
 */
export function endStripes(stripes: Stripes, last: DataView, length: number): Hash128 {
  accumulate(stripes.words, last, 0, 1, lastWords, 0)
  const { words } = stripes
  const sums = Array.from({ length: 8 }, (_, lane) => {
    const low = BigInt(words[2 * lane]! >>> 0)
    return low | (BigInt(words[2 * lane + 1]! >>> 0) << 32n)
  })
  const merge = (start: bigint, offset: number): bigint => {
    const pairs = [0, 1, 2, 3].map((pair) => {
      const at = offset + 16 * pair
      return multiplyAndFold(sums[2 * pair]! ^ secret64(at), sums[2 * pair + 1]! ^ secret64(at + 8))
    })
    return avalanche(toU64(pairs.reduce((sum, pair) => sum + pair, start)))
  }
  return {
    low: merge(toU64(BigInt(length) * prime64[0]), 11),
    high: merge(toU64(~(BigInt(length) * prime64[1])), 117),
  }
}

/**
 * The inner loop: words of 32 bits, because `BigInt` is a hundred times slower, and two neighbouring sums at a time, so that
 * they stay in registers. Each is given the input of its neighbour, and the product of the two halves of its own input, XORed
 * with the key.
 */
function accumulate(
  words: Int32Array,
  view: DataView,
  from: number,
  count: number,
  keys: Int32Array,
  keyFrom: number,
): void {
  for (let word = 0; word < 16; word += 4) {
    let sumLow = words[word]!
    let sumHigh = words[word + 1]!
    let otherLow = words[word + 2]!
    let otherHigh = words[word + 3]!
    for (let index = 0; index < count; index += 1) {
      const place = from + stripeBytes * index + 4 * word
      const key = keyFrom + 2 * index + word
      const low = view.getInt32(place, true)
      const high = view.getInt32(place + 4, true)
      const nextLow = view.getInt32(place + 8, true)
      const nextHigh = view.getInt32(place + 12, true)

      sumLow = (sumLow + nextLow) | 0
      sumHigh = (sumHigh + nextHigh + (sumLow >>> 0 < nextLow >>> 0 ? 1 : 0)) | 0
      otherLow = (otherLow + low) | 0
      otherHigh = (otherHigh + high + (otherLow >>> 0 < low >>> 0 ? 1 : 0)) | 0

      const a = low ^ keys[key]!
      const b = high ^ keys[key + 1]!
      const product = Math.imul(a, b)
      sumLow = (sumLow + product) | 0
      sumHigh = (sumHigh + highOfProduct(a, b) + (sumLow >>> 0 < product >>> 0 ? 1 : 0)) | 0

      const c = nextLow ^ keys[key + 2]!
      const d = nextHigh ^ keys[key + 3]!
      const otherProduct = Math.imul(c, d)
      otherLow = (otherLow + otherProduct) | 0
      otherHigh = (otherHigh + highOfProduct(c, d) + (otherLow >>> 0 < otherProduct >>> 0 ? 1 : 0)) | 0
    }
    words[word] = sumLow
    words[word + 1] = sumHigh
    words[word + 2] = otherLow
    words[word + 3] = otherHigh
  }
}

/** The upper 32 bits of a product of two unsigned words, in parts of 16 bits. */
function highOfProduct(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0
  const other = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (other >>> 16)) | 0
}

const multiplier = Number(prime32[0])

/** Between two blocks of stripes. */
function scramble(words: Int32Array): void {
  for (let word = 0; word < 16; word += 2) {
    const high = words[word + 1]!
    // The sum, XORed with itself shifted by 47 bits and with the key.
    const low = words[word]! ^ (high >>> 15) ^ scrambleWords[word]!
    const mixedHigh = high ^ scrambleWords[word + 1]!
    // Times a prime of 32 bits: two products of 16 by 32 bits are exact as numbers.
    const lower = (low & 0xffff) * multiplier
    const upper = (low >>> 16) * multiplier + Math.floor(lower / 0x10000)
    words[word] = (upper << 16) | (lower & 0xffff)
    words[word + 1] = (Math.floor(upper / 0x10000) + Math.imul(mixedHigh, multiplier)) | 0
  }
}
