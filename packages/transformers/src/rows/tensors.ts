import { isTensorLike } from '../transformers-like.ts'
import { inputColumns } from './input-columns.ts'
import type { RowColumns, RowPart } from './row-part.ts'

/** Vectors of a text or image: shape, type, length and range of the numbers. The numbers themselves are not logged. */
export function summariseTensors(part: RowPart): RowColumns {
  const tensor = part.output
  if (!isTensorLike(tensor)) return { input: inputColumns(part), output: { dims: null, type: null, norm: null } }
  const { norm, mean, min, max } = describeNumbers(tensor.data)
  return {
    input: inputColumns(part),
    output: { dims: tensor.dims.join(' × '), type: tensor.type, norm, mean, min, max },
  }
}

/** What is said of many numbers. */
export interface NumberSummary {
  /** Euclidean. */
  readonly norm: number | null
  readonly mean: number | null
  readonly min: number | null
  readonly max: number | null
}

/** Norm, mean and range; `null` where there is no number. */
export function describeNumbers(data: ArrayLike<number | bigint>): NumberSummary {
  let [squares, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let index = 0; index < data.length; index += 1) {
    const value = Number(data[index])
    squares += value * value
    sum += value
    if (value < min) min = value
    if (value > max) max = value
  }
  if (data.length === 0) return { norm: null, mean: null, min: null, max: null }
  return { norm: Math.sqrt(squares), mean: sum / data.length, min, max }
}
