/** Arrays that hold pixels. */
export type PixelArray = Uint8Array | Uint8ClampedArray | Float32Array | Float64Array

/**
 * Brings pixels to bytes. Byte arrays are taken as they are. Of floats, all in [0, 1] are multiplied by 255, all in
 * [-1, 1] are moved to [0, 255], and others are cut to [0, 255]; the result is rounded.
 *
 * @param isNormalized - false: floats are only cut and rounded.
 */
export function toPixelBytes(pixels: PixelArray, isNormalized: boolean): Uint8Array | Uint8ClampedArray {
  if (pixels instanceof Uint8Array || pixels instanceof Uint8ClampedArray) return pixels
  const { factor, offset } = isNormalized ? scaleOf(pixels) : { factor: 1, offset: 0 }
  const bytes = new Uint8ClampedArray(pixels.length)
  // A clamped array cuts and rounds by itself.
  for (let index = 0; index < pixels.length; index += 1) bytes[index] = (pixels[index] as number) * factor + offset
  return bytes
}

function scaleOf(pixels: Float32Array | Float64Array): { factor: number; offset: number } {
  let min = 0
  let max = 0
  for (const value of pixels) {
    if (value < min) min = value
    if (value > max) max = value
  }
  if (max > 1 || min < -1) return { factor: 1, offset: 0 }
  return min < 0 ? { factor: 127.5, offset: 127.5 } : { factor: 255, offset: 0 }
}
