import type { MediaContent } from '@lossline/journal'
import { detectMediaType, readImageHeader } from '@lossline/protocol'
import { InvalidMediaError } from '../errors.ts'
import { describeValue } from '../values/describe-value.ts'
import { isPixelSource, type PixelSource, toPixelArray } from './integer-pixels.ts'
import { openMediaSource } from './media-source.ts'
import { asBytesIfTheyAre, flattenNumbers, type NestedNumbers } from './nested-numbers.ts'
import { toPixels } from './pixels.ts'

/** An object that holds pixels and their size: a canvas' `ImageData`, a `RawImage` of transformers.js. */
export interface ImageLike {
  readonly data: PixelSource
  readonly width: number
  readonly height: number
  readonly channels?: number
}

/** An array with a shape whose numbers are at hand, such as a tensor of ONNX Runtime: height, width and maybe channels. */
export interface TensorLike {
  readonly data: PixelSource
  readonly dims: readonly number[]
}

/** What an {@link Image} can be made of. */
export type ImageSource = string | URL | PixelSource | ImageLike | TensorLike | NestedNumbers

/** What an image's file is made of. */
export interface OpenedImage {
  readonly content: MediaContent
  readonly extension: string
  readonly width: number
  readonly height: number
}

/** Sizes that the caller gives, and how floats are read. */
export interface OpenImageOptions {
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly channels?: number | undefined
  readonly normalize?: boolean | undefined
}

const endings = ['png', 'jpg', 'jpeg', 'jpe', 'bmp', 'gif', 'webp']

/** @throws {@link InvalidMediaError} when it is no image, or its parts do not go together. */
export function openImage(source: ImageSource, options: OpenImageOptions): OpenedImage {
  const { width, height, channels } = options
  const hasSize = width !== undefined || height !== undefined
  if (typeof source === 'string' || source instanceof URL) return openImageFile(source)
  if (isPixelSource(source)) {
    if (source instanceof Uint8Array && !hasSize && detectMediaType(source) !== undefined) return openImageFile(source)
    if (width === undefined || height === undefined) throw needsSize(source, width, height)
    return toOpened(toPixels(toPixelArray(source), { width, height, channels }), options)
  }
  if (Array.isArray(source)) {
    const { data, shape } = flattenNumbers(source as NestedNumbers)
    return toOpened(toPixels(asBytesIfTheyAre(data), toLayout(shape)), options)
  }
  if (typeof source === 'object' && source !== null && 'data' in source && isPixelSource(source.data)) {
    const layout = 'dims' in source ? toLayout(source.dims) : { channels, ...source }
    return toOpened(toPixels(toPixelArray(source.data), layout), options)
  }
  throw new InvalidMediaError(
    `An image is made of pixels, of the bytes of an image file or of its path, not of ${describeValue(source)}.`,
    isTensor(source)
      ? 'Of a tensor of TensorFlow.js, imageFromTensor of @lossline/tfjs makes an image.'
      : 'Pass a Uint8Array or Float32Array with width and height, or a path.',
  )
}

function needsSize(source: PixelSource, width: unknown, height: unknown): InvalidMediaError {
  const missing = [...(width === undefined ? ['width'] : []), ...(height === undefined ? ['height'] : [])]
  const isFile = source instanceof Uint8Array ? 'These bytes are no image file, and an' : 'An'
  return new InvalidMediaError(
    `${isFile} array of pixels needs width and height; ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
    'Pass them in pixels: new Image(pixels, { width: 28, height: 28 }).',
  )
}

function openImageFile(source: string | URL | Uint8Array): OpenedImage {
  const { content, extension, head } = openMediaSource(source, { what: 'an image of a known kind', endings })
  const header = readImageHeader(head)
  if (header === undefined) {
    throw new InvalidMediaError(
      `${source instanceof Uint8Array ? 'These bytes are' : `"${source}" is`} no whole image: its size cannot be read.`,
      'Check that the file is complete. For pixels without a file around them pass width and height.',
    )
  }
  return { content, extension, width: header.width, height: header.height }
}

function toOpened(
  { data, width, height, channels }: ReturnType<typeof toPixels>,
  options: OpenImageOptions,
): OpenedImage {
  const isNormalized = options.normalize ?? true
  const content: MediaContent = { kind: 'pixels', data, width, height, channels, isNormalized }
  return { content, extension: '.png', width, height }
}

/** Leading axes of length 1 are left out, as W&B's client does. */
function toLayout(shape: readonly number[]): { width: number; height: number; channels: number } {
  if (!Array.isArray(shape))
    throw new InvalidMediaError('dims is a list of lengths.', 'Pass [height, width, channels].')
  const axes = [...shape]
  while (axes.length > 2 && axes[0] === 1) axes.shift()
  const [height, width, channels = 1] = axes
  if (height === undefined || width === undefined || axes.length > 3) {
    throw new InvalidMediaError(
      `An image has the axes height, width and maybe channels; this has the lengths ${shape.map(describeValue).join(' × ')}.`,
      'Take one image out of the batch, or pass a list of images.',
    )
  }
  if (channels > 4 && height <= 4) {
    throw new InvalidMediaError(
      `The channels of an image come last: height, width, channels. The lengths ${shape.join(' × ')} look as if they came first.`,
      'Reorder the values: pixels[(y * width + x) * channels + c] = data[(c * height + y) * width + x].',
    )
  }
  return { width, height, channels }
}

function isTensor(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'dataSync' in value
}
