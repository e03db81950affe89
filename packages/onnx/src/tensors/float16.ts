/**
 * Numbers of half precision as they come where JavaScript has no `Float16Array`.
 *
 * @param bits - IEEE 754 binary16: a sign, 5 bits of exponent with a bias of 15, 10 of the fraction.
 */
export function fromFloat16Bits(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, fromBits)
}

function fromBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
