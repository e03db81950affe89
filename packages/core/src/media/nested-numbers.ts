import type { PixelArray } from '@lossline/protocol'
import { InvalidMediaError } from '../errors.ts'

/** Numbers in lists of lists. */
export type NestedNumbers = readonly (number | NestedNumbers)[]

/** An array and how long it is in each direction, outermost first. */
export interface ShapedNumbers {
  readonly data: Float64Array
  readonly shape: readonly number[]
}

/** @throws {@link InvalidMediaError} when the inner lists differ in length, or hold something else than numbers. */
export function flattenNumbers(nested: NestedNumbers): ShapedNumbers {
  const shape: number[] = []
  for (let level: unknown = nested; Array.isArray(level); level = level[0]) shape.push(level.length)
  const data = new Float64Array(shape.reduce((product, length) => product * length, 1))
  let position = 0
  visit(nested, 0)
  return { data, shape }

  function visit(value: number | NestedNumbers, depth: number): void {
    if (typeof value === 'number' && depth === shape.length) {
      data[position] = value
      position += 1
      return
    }
    if (!Array.isArray(value) || value.length !== shape[depth]) {
      throw new InvalidMediaError(
        `Lists of numbers are all of the same length; here they are not, or hold something else than numbers.`,
        `The first ones have the lengths ${shape.join(' × ')}.`,
      )
    }
    for (const member of value) visit(member, depth + 1)
  }
}

/** Numbers as bytes, if that is what they are: whole, from 0 to 255, and not only 0 and 1. */
export function asBytesIfTheyAre(data: Float64Array): PixelArray {
  let max = 0
  for (const value of data) {
    if (!(Number.isInteger(value) && value >= 0 && value <= 255)) return data
    if (value > max) max = value
  }
  return max > 1 ? Uint8Array.from(data) : data
}
