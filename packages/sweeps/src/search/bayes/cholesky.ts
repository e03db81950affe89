/** A symmetric positive definite matrix K as L·Lᵀ; L is lower triangular, row by row. */
export interface Cholesky {
  readonly size: number
  readonly lower: Float64Array
}

/**
 * Factors a matrix in place: only its lower half is read.
 *
 * @returns undefined if rounding has left it not positive definite
 */
export function factor(matrix: Float64Array, size: number): Cholesky | undefined {
  for (let i = 0; i < size; i++) {
    const row = i * size
    for (let j = 0; j <= i; j++) {
      const other = j * size
      let sum = matrix[row + j]!
      for (let k = 0; k < j; k++) sum -= matrix[row + k]! * matrix[other + k]!
      if (j < i) matrix[row + j] = sum / matrix[other + j]!
      else if (sum > 0) matrix[row + i] = Math.sqrt(sum)
      else return undefined
    }
  }
  return { size, lower: matrix }
}

/** Solves L·x = b in place. */
export function solveLower({ size, lower }: Cholesky, b: Float64Array): void {
  for (let i = 0; i < size; i++) {
    const row = i * size
    let sum = b[i]!
    for (let k = 0; k < i; k++) sum -= lower[row + k]! * b[k]!
    b[i] = sum / lower[row + i]!
  }
}

/** Solves Lᵀ·x = b in place. */
export function solveUpper({ size, lower }: Cholesky, b: Float64Array): void {
  for (let i = size - 1; i >= 0; i--) {
    const row = i * size
    const x = b[i]! / lower[row + i]!
    b[i] = x
    for (let k = 0; k < i; k++) b[k]! -= lower[row + k]! * x
  }
}

/** ln |K|. */
export function logDeterminant({ size, lower }: Cholesky): number {
  let sum = 0
  for (let i = 0; i < size; i++) sum += Math.log(lower[i * size + i]!)
  return 2 * sum
}

/** The lower half of K⁻¹. */
export function invert({ size, lower }: Cholesky): Float64Array {
  // Columns of L⁻¹ as rows, so that all inner loops go along rows.
  const columns = new Float64Array(size * size)
  for (let j = 0; j < size; j++) {
    const column = j * size
    columns[column + j] = 1 / lower[column + j]!
    for (let i = j + 1; i < size; i++) {
      const row = i * size
      let sum = 0
      for (let k = j; k < i; k++) sum -= lower[row + k]! * columns[column + k]!
      columns[column + i] = sum / lower[row + i]!
    }
  }
  const inverse = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let k = i; k < size; k++) sum += columns[i * size + k]! * columns[j * size + k]!
      inverse[i * size + j] = sum
    }
  }
  return inverse
}
