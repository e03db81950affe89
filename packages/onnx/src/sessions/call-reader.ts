import type { SessionLike } from '../onnx-like.ts'
import { findBatchAxis } from '../tensors/batch-axis.ts'

/** What the feeds of a call tell. */
export interface ReadCall {
  readonly batchSize: number
  readonly shapes: string
}

/** Makes the function that reads feeds. The feeds of one call are mostly shaped as those of the one before, which it makes use of. */
export function createCallReader(session: SessionLike): (feeds: unknown) => ReadCall {
  const names = [...session.inputNames]
  const { sharedInputs } = findBatchAxis(session)
  const batchInput = names.find((name) => !sharedInputs.has(name))
  let lengths: number[] = []
  let last: ReadCall | undefined
  return (feeds) => {
    const dimsByName = names.map((name) => dimsOf(feeds, name))
    // With their numbers, so that [2,3] and [4] differ from [2] and [3,4].
    const flat = dimsByName.flatMap((dims) => [dims.length, ...dims])
    if (last !== undefined && flat.length === lengths.length && flat.every((length, i) => length === lengths[i])) {
      return last
    }
    lengths = flat
    const batchSize = dimsOf(feeds, batchInput ?? '')[0] ?? 1
    const shapes = names.map((name, index) => `${name}[${dimsByName[index]?.join(',')}]`).join(' ')
    last = { batchSize, shapes }
    return last
  }
}

function dimsOf(feeds: unknown, name: string): readonly number[] {
  const tensor: unknown = typeof feeds === 'object' && feeds !== null ? Reflect.get(feeds, name) : undefined
  const dims: unknown = typeof tensor === 'object' && tensor !== null ? Reflect.get(tensor, 'dims') : undefined
  return Array.isArray(dims) ? dims : []
}
