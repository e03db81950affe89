/** The discrete Fourier transform of one length, which keeps its tables between uses. */
export interface FourierTransform {
  readonly size: number
  /** Turns `size` numbers, in place, into as many complex ones. */
  transform(real: Float64Array, imaginary: Float64Array): void
}

/**
 * A fast transform (radix 2, in place).
 *
 * @param size - A power of two, 2 or more.
 * @throws RangeError for other sizes.
 */
export function createFourierTransform(size: number): FourierTransform {
  if (size < 2 || (size & (size - 1)) !== 0) throw new RangeError(`${size} is no power of two.`)
  const bits = Math.log2(size)
  const reversed = Uint32Array.from({ length: size }, (_, i) => reverseBits(i, bits))
  const cosines = Float64Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size))
  const sines = Float64Array.from({ length: size / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / size))
  return {
    size,
    transform(real, imaginary) {
      for (let i = 0; i < size; i += 1) {
        const j = reversed[i]!
        if (j <= i) continue
        swap(real, i, j)
        swap(imaginary, i, j)
      }
      for (let half = 1; half < size; half *= 2) {
        const stride = size / (2 * half)
        for (let start = 0; start < size; start += 2 * half) {
          for (let k = 0; k < half; k += 1) {
            const [cosine, sine] = [cosines[k * stride]!, sines[k * stride]!]
            const [a, b] = [start + k, start + k + half]
            const re = real[b]! * cosine + imaginary[b]! * sine
            const im = imaginary[b]! * cosine - real[b]! * sine
            real[b] = real[a]! - re
            imaginary[b] = imaginary[a]! - im
            real[a]! += re
            imaginary[a]! += im
          }
        }
      }
    },
  }
}

function reverseBits(value: number, bits: number): number {
  let reversed = 0
  for (let bit = 0; bit < bits; bit += 1) reversed |= ((value >> bit) & 1) << (bits - 1 - bit)
  return reversed
}

function swap(values: Float64Array, i: number, j: number): void {
  const value = values[i]!
  values[i] = values[j]!
  values[j] = value
}
