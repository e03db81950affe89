import type { Image } from '@lossline/core'
import { imagesFromTensor } from '../media/image-from-tensor.ts'
import type { ShapedTensorLike } from '../tensorflow-like.ts'
import type { EvaluationOptions } from './evaluation-options.ts'

/** Makes images of examples, all in the same way. */
export type ToImages = (examples: ShapedTensorLike) => Promise<readonly Image[]>

/**
 * How examples are shown as images.
 *
 * @param input - All examples: black and white are the same for each of them.
 * @returns `undefined` when they are no images, or shall not be shown as such.
 */
export async function findToImages(
  input: ShapedTensorLike | undefined,
  images: EvaluationOptions['images'],
): Promise<ToImages | undefined> {
  if (input === undefined || images === false) return undefined
  const isImage = input.shape.length === 4 && [1, 3, 4].includes(input.shape[3] ?? 0)
  if (images === undefined && !isImage) return undefined
  const options = { range: await rangeOf(input), ...(typeof images === 'object' ? images : {}) }
  return (examples) => imagesFromTensor(examples, { ...options, count: examples.shape[0] ?? 0 })
}

/** Of images that are not from 0 to 1 or to 255, the values that occur: they were standardised in some way. */
async function rangeOf(input: ShapedTensorLike): Promise<readonly [number, number]> {
  const values = await input.data()
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number
    if (value < min) min = value
    if (value > max) max = value
  }
  if (min >= 0 && max <= 1) return [0, 1]
  if (min >= 0 && max <= 255) return [0, 255]
  return min < max ? [min, max] : [min, min + 1]
}
