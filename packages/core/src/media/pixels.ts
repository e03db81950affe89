import type { PixelArray } from '@lossline/protocol'
import { InvalidMediaError } from '../errors.ts'
import { describeValue } from '../values/describe-value.ts'

/** Pixels whose size and channels are known. */
export interface Pixels {
  readonly data: PixelArray
  readonly width: number
  readonly height: number
  readonly channels: 1 | 2 | 3 | 4
}

/** What says how an array is to be read. */
export interface PixelLayout {
  readonly width: number
  readonly height: number
  /** Default: as many as the array has room for. */
  readonly channels?: number | undefined
}

/** @throws {@link InvalidMediaError} when the array does not have the promised length or holds NaN. */
export function toPixels(data: PixelArray, { width, height, channels }: PixelLayout): Pixels {
  checkSize('width', width)
  checkSize('height', height)
  const count = channels ?? data.length / (width * height)
  if (count !== 1 && count !== 2 && count !== 3 && count !== 4) {
    throw new InvalidMediaError(
      channels === undefined
        ? `An image of ${width} × ${height} pixels has ${width * height} values a channel; the array has ${data.length}.`
        : `An image has 1, 2, 3 or 4 channels, not ${describeValue(channels)}.`,
      'Pass width and height of the array, and its channels: 1 = grey, 2 = grey and alpha, 3 = RGB, 4 = RGBA.',
    )
  }
  if (data.length !== width * height * count) {
    throw new InvalidMediaError(
      `An image of ${width} × ${height} pixels with ${count} channels has ${width * height * count} values; the array has ${data.length}.`,
      'Values are row by row from the top, the channels of a pixel beside each other.',
    )
  }
  checkNumbers(data, 'Pixel values')
  return { data: asPlainBytes(data), width, height, channels: count }
}

/** Node's Buffer as what it is below: its `slice` does not copy, as that of every other array does. */
export function asPlainBytes<Kind extends ArrayBufferView>(array: Kind): Kind | Uint8Array {
  const isBytes = array instanceof Uint8Array && array.constructor !== Uint8Array
  return isBytes ? new Uint8Array(array.buffer, array.byteOffset, array.byteLength) : array
}

/** Checks a size in pixels. @throws {@link InvalidMediaError} */
function checkSize(name: string, size: number): void {
  if (Number.isSafeInteger(size) && size > 0) return
  throw new InvalidMediaError(
    `${name === 'width' || name === 'height' ? `The ${name} of an image` : name} is a positive integer, not ${describeValue(size)}.`,
    `Pass ${name} in pixels.`,
  )
}

/** @throws {@link InvalidMediaError} when a number is NaN or infinite. */
export function checkNumbers(data: ArrayLike<number>, what: string): void {
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return
  for (let index = 0; index < data.length; index += 1) {
    if (Number.isFinite(data[index])) continue
    throw new InvalidMediaError(
      `${what} are finite numbers; number ${index} is ${data[index]}.`,
      'Replace NaN and infinities first, for example with 0.',
    )
  }
}
