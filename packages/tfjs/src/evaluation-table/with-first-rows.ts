import { TfjsOptionError } from '../errors.ts'
import type { OwnedTensorLike, ShapedTensorLike } from '../tensorflow-like.ts'

/**
 * Works on the first rows of tensors with the same first axis. What is made for them is disposed of at the end; a tensor
 * that has no more rows is taken as it is.
 */
export async function withFirstRows<Result>(
  tensors: readonly ShapedTensorLike[],
  count: number,
  work: (rows: readonly ShapedTensorLike[]) => Promise<Result>,
): Promise<Result> {
  const made: OwnedTensorLike[] = []
  try {
    const rows = tensors.map((tensor) => {
      if ((tensor.shape[0] ?? 0) <= count) return tensor
      const first = takeRows(tensor, count)
      made.push(first)
      return first
    })
    return await work(rows)
  } finally {
    for (const tensor of made) tensor.dispose()
  }
}

function takeRows(tensor: ShapedTensorLike, count: number): OwnedTensorLike {
  const slice: unknown = Reflect.get(tensor, 'slice')
  if (typeof slice !== 'function') {
    throw new TfjsOptionError('The examples are no tensors of TensorFlow.js.', 'Pass tensors, as to fit.')
  }
  const begin = tensor.shape.map(() => 0)
  return Reflect.apply(slice, tensor, [begin, [count, ...tensor.shape.slice(1)]]) as OwnedTensorLike
}
