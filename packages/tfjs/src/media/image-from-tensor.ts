import { Image, type ImageOptions, InvalidMediaError } from '@lossline/core'
import { describeValue, hasMethod } from '@lossline/core/adapter'
import type { ShapedTensorLike } from '../tensorflow-like.ts'

/** What is said about the image of a tensor. Its size is that of the tensor. */
export interface ImageFromTensorOptions extends Omit<ImageOptions, 'width' | 'height' | 'channels' | 'normalize'> {
  /**
   * The values that stand for black and for full brightness; what lies outside is cut. Default, as `tf.browser.toPixels`
   * has it: 0 and 1 for `float32` and `bool`, 0 and 255 for `int32`; then a value outside is an error.
   */
  readonly range?: readonly [min: number, max: number]
}

/** What is said about the images of a batch. */
export interface ImagesFromTensorOptions extends ImageFromTensorOptions {
  /** How many images of the batch, from its first on. Default: all, at most the 108 that a gallery shows. */
  readonly count?: number
  /** Text below each image, by its index in the batch. Default: {@link ImageFromTensorOptions.caption} below all. */
  readonly captionOf?: (index: number) => string
}

// W&B shows no more images under one key.
const galleryCountMax = 108

/**
 * Makes an image of a tensor. Works on every backend; the tensor is only read and stays yours to dispose of.
 *
 * @param tensor - Shape `[height, width]` (grey) or `[height, width, channels]` with 1 (grey), 2 (grey and alpha), 3 (RGB)
 *   or 4 (RGBA) channels. Leading axes of length 1 are left out.
 * @throws {@link InvalidMediaError} for another shape or type, NaN, or values outside of the default range.
 *
 * @example
 * ```ts
 * run.log({ digit: await imageFromTensor(digit, { caption: 'a seven' }) })
 * ```
 */
export async function imageFromTensor(tensor: ShapedTensorLike, options: ImageFromTensorOptions = {}): Promise<Image> {
  checkTensor(tensor, 'imageFromTensor')
  const { range, ...imageOptions } = options
  const layout = toLayout(withoutLeadingOnes(tensor.shape), tensor)
  return new Image(toBytes(await tensor.data(), { dtype: tensor.dtype, range }), { ...imageOptions, ...layout })
}

/**
 * Makes images of a batch.
 *
 * @param batch - Shape `[images, height, width, channels]`, or `[images, height, width]` of grey ones.
 * @throws {@link InvalidMediaError} as {@link imageFromTensor}.
 *
 * @example
 * ```ts
 * run.log({ inputs: await imagesFromTensor(batch, { count: 8, captionOf: (index) => labels[index] }) })
 * ```
 */
export async function imagesFromTensor(
  batch: ShapedTensorLike,
  options: ImagesFromTensorOptions = {},
): Promise<Image[]> {
  const { range, count = galleryCountMax, captionOf, ...imageOptions } = options
  checkTensor(batch, 'imagesFromTensor')
  const [batchSize = 0, ...shape] = batch.shape
  const layout = toLayout(shape, batch)
  if (!(Number.isInteger(count) && count >= 0)) {
    throw new InvalidMediaError(`count is a whole number of images, not ${count}.`, 'Leave it out for all of them.')
  }
  const imageCount = Math.min(batchSize, count)
  const valuesPerImage = layout.width * layout.height * layout.channels
  // The rest of a large batch is neither converted nor checked.
  const length = imageCount * valuesPerImage
  const bytes = toBytes(await batch.data(), { dtype: batch.dtype, range, length })
  return Array.from({ length: imageCount }, (_, index) => {
    const pixels = bytes.subarray(index * valuesPerImage, (index + 1) * valuesPerImage)
    const caption = captionOf === undefined ? {} : { caption: captionOf(index) }
    return new Image(pixels, { ...imageOptions, ...caption, ...layout })
  })
}

function checkTensor(tensor: unknown, call: string): void {
  if (hasMethod(tensor, 'data') && Array.isArray((tensor as ShapedTensorLike).shape)) return
  throw new InvalidMediaError(
    `${call} was given ${describeValue(tensor)}, which is no tensor.`,
    'Make one of an array with tf.tensor; pixels without tensors are for new Image.',
  )
}

function withoutLeadingOnes(shape: readonly number[]): readonly number[] {
  const leading = shape.findIndex((length) => length !== 1)
  return shape.slice(Math.max(0, Math.min(leading, shape.length - 3)))
}

function toLayout(shape: readonly number[], tensor: ShapedTensorLike) {
  const [height, width, channels = 1] = shape
  const hasChannels = channels === 1 || channels === 2 || channels === 3 || channels === 4
  if (height === undefined || width === undefined || shape.length > 3 || !hasChannels) {
    throw new InvalidMediaError(
      `A tensor of shape [${tensor.shape.join(', ')}] is no image.`,
      'An image has the shape [height, width] or [height, width, channels] with 1 to 4 channels. Of a batch, ' +
        '[images, height, width, channels], imagesFromTensor makes a list of images.',
    )
  }
  return { height, width, channels } as const
}

interface ToBytesOptions {
  readonly dtype: string
  readonly range: readonly [min: number, max: number] | undefined
  /** Values that are taken, from the first on. Default: all. */
  readonly length?: number
}

function toBytes(
  values: ArrayLike<number>,
  { dtype, range, length = values.length }: ToBytesOptions,
): Uint8ClampedArray {
  const [min, max] = range ?? defaultRangeOf(dtype)
  if (!(Number.isFinite(min) && Number.isFinite(max) && min < max)) {
    throw new InvalidMediaError(`The range [${min}, ${max}] has no length.`, 'Pass [black, white], such as [-1, 1].')
  }
  const bytes = new Uint8ClampedArray(length)
  for (let index = 0; index < bytes.length; index += 1) {
    const value = values[index] as number
    if (Number.isNaN(value) || (range === undefined && (value < min || value > max)))
      throw unreadable(value, index, dtype)
    bytes[index] = ((value - min) / (max - min)) * 255
  }
  return bytes
}

function defaultRangeOf(dtype: string): readonly [min: number, max: number] {
  if (dtype === 'float32' || dtype === 'bool') return [0, 1]
  if (dtype === 'int32') return [0, 255]
  throw new InvalidMediaError(
    `A tensor of type ${dtype} has no pixels.`,
    'Pass a tensor of type float32, int32 or bool.',
  )
}

function unreadable(value: number, index: number, dtype: string): InvalidMediaError {
  if (Number.isNaN(value)) {
    return new InvalidMediaError(
      `Value ${index} of the tensor is NaN.`,
      'Replace NaN first, for example with tf.where.',
    )
  }
  const [min, max] = defaultRangeOf(dtype)
  return new InvalidMediaError(
    `Value ${index} of the ${dtype} tensor is ${value}; pixels of this type lie between ${min} and ${max}.`,
    'Pass the range that black and white have, such as { range: [0, 255] } or { range: [-1, 1] }.',
  )
}
