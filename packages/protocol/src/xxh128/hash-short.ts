import {
  avalanche,
  avalanche64,
  type Hash128,
  multiplyAndFold,
  prime32,
  prime64,
  swapBytes,
  toU64,
  xorShift,
} from './arithmetic.ts'
import { secret64 } from './secret.ts'

/** Inputs that are longer are hashed by stripes. */
export const shortBytesMax = 240

/** XXH3's hash of 128 bits of at most {@link shortBytesMax} bytes: each range of lengths has a way of its own. */
export function hashShort(input: Uint8Array): Hash128 {
  if (input.length === 0) return hashNothing()
  const view = new DataView(input.buffer, input.byteOffset, input.length)
  if (input.length <= 3) return hashTo3(view)
  if (input.length <= 8) return hashTo8(view)
  if (input.length <= 16) return hashTo16(view)
  return input.length <= 128 ? hashTo128(view) : hashTo240(view)
}

function hashNothing(): Hash128 {
  return { low: avalanche64(secret64(64) ^ secret64(72)), high: avalanche64(secret64(80) ^ secret64(88)) }
}

function hashTo3(view: DataView): Hash128 {
  const { byteLength: length } = view
  const [first, middle, last] = [0, length >> 1, length - 1].map((place) => BigInt(view.getUint8(place)))
  const low = (first! << 16n) | (middle! << 24n) | last! | (BigInt(length) << 8n)
  const swapped = swapBytes(low, 4)
  const high = BigInt.asUintN(32, (swapped << 13n) | (swapped >> 19n))
  const flip = (offset: number): bigint => BigInt.asUintN(32, secret64(offset)) ^ (secret64(offset) >> 32n)
  return { low: avalanche64(low ^ flip(0)), high: avalanche64(high ^ flip(8)) }
}

function hashTo8(view: DataView): Hash128 {
  const { byteLength: length } = view
  const input = BigInt(view.getUint32(0, true)) | (BigInt(view.getUint32(length - 4, true)) << 32n)
  const product = (input ^ secret64(16) ^ secret64(24)) * (prime64[0] + BigInt(length << 2))
  const high = toU64((product >> 64n) + (toU64(product) << 1n))
  const low = toU64(xorShift(toU64(product) ^ (high >> 3n), 35n) * 0x9fb21c651e98df25n)
  return { low: xorShift(low, 28n), high: avalanche(high) }
}

function hashTo16(view: DataView): Hash128 {
  const { byteLength: length } = view
  const first = view.getBigUint64(0, true)
  const last = view.getBigUint64(length - 8, true)
  const product = (first ^ last ^ secret64(32) ^ secret64(40)) * prime64[0]
  const flipped = last ^ secret64(48) ^ secret64(56)
  const high = toU64((product >> 64n) + flipped + BigInt.asUintN(32, flipped) * (prime32[1] - 1n))
  const low = toU64(toU64(product) + (BigInt(length - 1) << 54n)) ^ swapBytes(high, 8)
  const result = low * prime64[1]
  return { low: avalanche(toU64(result)), high: avalanche(toU64((result >> 64n) + high * prime64[1])) }
}

function hashTo128(view: DataView): Hash128 {
  const { byteLength: length } = view
  const mix = startMixing(view)
  for (let from = 16 * ((length - 1) >> 5); from >= 0; from -= 16) mix.add(from, length - from - 16, 2 * from)
  return mix.end()
}

function hashTo240(view: DataView): Hash128 {
  const { byteLength: length } = view
  const mix = startMixing(view)
  for (let from = 0; from < 128; from += 32) mix.add(from, from + 16, from)
  mix.avalanche()
  for (let from = 128; from + 32 <= length; from += 32) mix.add(from, from + 16, from - 125)
  mix.add(length - 16, length - 32, 103)
  return mix.end()
}

/** Mixes pairs of 16 bytes of an input into two sums. */
function startMixing(view: DataView) {
  const length = BigInt(view.byteLength)
  let low = toU64(length * prime64[0])
  let high = 0n
  const read = (place: number): bigint => view.getBigUint64(place, true)
  const fold = (place: number, offset: number): bigint =>
    multiplyAndFold(read(place) ^ secret64(offset), read(place + 8) ^ secret64(offset + 8))
  const sum = (place: number): bigint => toU64(read(place) + read(place + 8))
  return {
    add(one: number, other: number, offset: number): void {
      low = toU64(low + fold(one, offset)) ^ sum(other)
      high = toU64(high + fold(other, offset + 16)) ^ sum(one)
    },
    avalanche(): void {
      low = avalanche(low)
      high = avalanche(high)
    },
    end(): Hash128 {
      const mixed = toU64(low * prime64[0] + high * prime64[3] + length * prime64[1])
      return { low: avalanche(toU64(low + high)), high: toU64(-avalanche(mixed)) }
    },
  }
}
