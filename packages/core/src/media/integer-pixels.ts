import type { PixelArray } from '@lossline/protocol'
import { sayOnce } from './media-file-access.ts'

/** Whole numbers that are no bytes; 0 to 255 of them count. */
export type IntegerArray = Int8Array | Int16Array | Uint16Array | Int32Array | Uint32Array

/** Arrays that an image can be made of. Floats are stretched, whole numbers are bytes. */
export type PixelSource = PixelArray | IntegerArray

const pixelKinds = [Uint8Array, Uint8ClampedArray, Float32Array, Float64Array]
const integerKinds = [Int8Array, Int16Array, Uint16Array, Int32Array, Uint32Array]

export function isIntegerArray(value: unknown): value is IntegerArray {
  return integerKinds.some((kind) => value instanceof kind)
}

export function isPixelSource(value: unknown): value is PixelSource {
  return pixelKinds.some((kind) => value instanceof kind) || isIntegerArray(value)
}

/** Whole numbers as bytes: what is below 0 or above 255 is cut, and that is said once. Others stay as they are. */
export function toPixelArray<Other extends PixelArray>(data: Other | IntegerArray): Other | Uint8ClampedArray {
  if (!isIntegerArray(data)) return data
  if (data.some((value) => value < 0 || value > 255)) {
    sayOnce('Whole numbers of an image or video are bytes: what is below 0 or above 255 is cut.')
  }
  return Uint8ClampedArray.from(data)
}
