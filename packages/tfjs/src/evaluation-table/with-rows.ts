import { TfjsOptionError } from '../errors.ts'
import type { OwnedTensorLike, ShapedTensorLike } from '../tensorflow-like.ts'

/** Rows of tensors with the same first axis. */
export interface RowRange {
  readonly start: number
  readonly count: number
}

/**
 * Works on some rows of tensors. What is made for them is disposed of at the end; a tensor that has no others is taken as it
 * is.
 */
export async function withRows<Result>(
  tensors: readonly ShapedTensorLike[],
  range: RowRange,
  work: (rows: readonly ShapedTensorLike[]) => Promise<Result>,
): Promise<Result> {
  const made: OwnedTensorLike[] = []
  try {
    const rows = tensors.map((tensor) => {
      if (range.start === 0 && (tensor.shape[0] ?? 0) <= range.count) return tensor
      const taken = takeRows(tensor, range)
      made.push(taken)
      return taken
    })
    return await work(rows)
  } finally {
    for (const tensor of made) tensor.dispose()
  }
}

/** The rows as a new tensor. @throws {@link TfjsOptionError} */
export function takeRows(tensor: ShapedTensorLike, { start, count }: RowRange): OwnedTensorLike {
  const slice: unknown = Reflect.get(tensor, 'slice')
  if (typeof slice !== 'function') {
    throw new TfjsOptionError('The examples are no tensors of TensorFlow.js.', 'Pass tensors, as to fit.')
  }
  const begin = tensor.shape.map((_, axis) => (axis === 0 ? start : 0))
  return Reflect.apply(slice, tensor, [begin, [count, ...tensor.shape.slice(1)]]) as OwnedTensorLike
}
