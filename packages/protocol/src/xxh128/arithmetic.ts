// Numbers of 64 bits, as XXH3 reckons with them. For the few steps at the end of a hash: they are slow.

export const prime32 = [0x9e3779b1n, 0x85ebca77n, 0xc2b2ae3dn] as const
export const prime64 = [
  0x9e3779b185ebca87n,
  0xc2b2ae3d27d4eb4fn,
  0x165667b19e3779f9n,
  0x85ebca77c2b2ae63n,
  0x27d4eb2f165667c5n,
] as const

export function toU64(value: bigint): bigint {
  return BigInt.asUintN(64, value)
}

/** Both halves of a product, XORed. */
export function multiplyAndFold(a: bigint, b: bigint): bigint {
  const product = a * b
  return toU64(product) ^ (product >> 64n)
}

export function xorShift(value: bigint, bits: bigint): bigint {
  return value ^ (value >> bits)
}

/** The last mixing of XXH3. */
export function avalanche(value: bigint): bigint {
  return xorShift(toU64(xorShift(value, 37n) * 0x165667919e3779f9n), 32n)
}

/** The last mixing of XXH64. */
export function avalanche64(value: bigint): bigint {
  const mixed = toU64(xorShift(value, 33n) * prime64[1])
  return xorShift(toU64(xorShift(mixed, 29n) * prime64[2]), 32n)
}

export function swapBytes(value: bigint, byteCount: number): bigint {
  let swapped = 0n
  for (let index = 0; index < byteCount; index += 1) swapped = (swapped << 8n) | ((value >> BigInt(8 * index)) & 0xffn)
  return swapped
}

/** A hash as two numbers. */
export interface Hash128 {
  readonly low: bigint
  readonly high: bigint
}
