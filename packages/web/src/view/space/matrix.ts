import type { GltfNode } from './gltf-file.ts'

/** Sixteen numbers, column by column, as glTF and WebGL have them. */
export type Matrix = readonly number[]

export const unitMatrix: Matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]

export function multiply(a: Matrix, b: Matrix): Matrix {
  return Array.from({ length: 16 }, (_, at) => {
    const [row, column] = [at % 4, Math.floor(at / 4)]
    let sum = 0
    for (let i = 0; i < 4; i += 1) sum += a[i * 4 + row]! * b[column * 4 + i]!
    return sum
  })
}

/** How a node stands in its parent. */
export function nodeMatrix({ matrix, translation, rotation, scale }: GltfNode): Matrix {
  if (matrix?.length === 16) return matrix
  const [tx = 0, ty = 0, tz = 0] = translation ?? []
  const [x = 0, y = 0, z = 0, w = 1] = rotation ?? []
  const [sx = 1, sy = 1, sz = 1] = scale ?? []
  return [
    (1 - 2 * (y * y + z * z)) * sx,
    2 * (x * y + z * w) * sx,
    2 * (x * z - y * w) * sx,
    0,
    2 * (x * y - z * w) * sy,
    (1 - 2 * (x * x + z * z)) * sy,
    2 * (y * z + x * w) * sy,
    0,
    2 * (x * z + y * w) * sz,
    2 * (y * z - x * w) * sz,
    (1 - 2 * (x * x + y * y)) * sz,
    0,
    tx,
    ty,
    tz,
    1,
  ]
}

/** Places, moved. */
export function transformPositions(positions: Float32Array, matrix: Matrix): Float32Array {
  return transform(positions, matrix, 1)
}

/** Directions; right where no axis is stretched more than another, and near enough for light otherwise. */
export function transformNormals(normals: Float32Array, matrix: Matrix): Float32Array {
  return transform(normals, matrix, 0)
}

function transform(values: Float32Array, m: Matrix, w: 0 | 1): Float32Array {
  const moved = new Float32Array(values.length)
  for (let at = 0; at + 2 < values.length; at += 3) {
    const [x, y, z] = [values[at]!, values[at + 1]!, values[at + 2]!]
    for (let row = 0; row < 3; row += 1) {
      moved[at + row] = m[row]! * x + m[4 + row]! * y + m[8 + row]! * z + m[12 + row]! * w
    }
  }
  return moved
}
