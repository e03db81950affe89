import type { ConfusionMatrix } from '../../classification/confusion-matrix.ts'

/** A confusion matrix that grows with its classes. */
export interface GrowingMatrix {
  add(actual: number, predicted: number): void
  /** The matrix with its classes in an order. */
  toMatrix(order: readonly number[]): ConfusionMatrix
}

export function createGrowingMatrix(): GrowingMatrix {
  let size = 0
  let counts = new Float64Array(0)
  const growTo = (classCount: number): void => {
    const grownSize = Math.max(classCount, Math.ceil(size * 1.5), 8)
    const grown = new Float64Array(grownSize * grownSize)
    for (let row = 0; row < size; row += 1) {
      grown.set(counts.subarray(row * size, (row + 1) * size), row * grownSize)
    }
    size = grownSize
    counts = grown
  }
  return {
    add(actual, predicted) {
      const classCount = Math.max(actual, predicted) + 1
      if (classCount > size) growTo(classCount)
      counts[actual * size + predicted]! += 1
    },
    toMatrix(order) {
      const countOf = (row: number, column: number): number =>
        row < size && column < size ? counts[row * size + column]! : 0
      return {
        classCount: order.length,
        counts: Float64Array.from(order.flatMap((row) => order.map((column) => countOf(row, column)))),
      }
    },
  }
}
