import { requireLength } from '../errors.ts'

/** Cosine of the angle between two vectors, −1 to 1. NaN if one of them is zero, or for vectors without elements. */
export function cosineSimilarity(first: ArrayLike<number>, second: ArrayLike<number>): number {
  requireLength('Elements of the second vector', second.length, first.length)
  let product = 0
  let firstSquares = 0
  let secondSquares = 0
  for (let index = 0; index < first.length; index += 1) {
    product += first[index]! * second[index]!
    firstSquares += first[index]! ** 2
    secondSquares += second[index]! ** 2
  }
  return product / (Math.sqrt(firstSquares) * Math.sqrt(secondSquares))
}
