import type { SessionLike } from '../onnx-like.ts'
import { findBatchAxis } from '../tensors/batch-axis.ts'

/** What the feeds of a call tell. */
export interface ReadCall {
  /** The first dimension of its first input that has a row for each example; 1 where there is none. */
  readonly batchSize: number
  /** Such as `image[8,1,8,8]`. */
  readonly shapes: string
}

/**
 * Makes the function that reads feeds. It runs with each call, most of which are shaped as the one before: then it compares and
 * allocates nothing.
 */
export function createCallReader(session: SessionLike): (feeds: unknown) => ReadCall {
  const names = [...session.inputNames]
  const { sharedInputs } = findBatchAxis(session)
  const batchInput = names.find((name) => !sharedInputs.has(name))
  let lastDims: readonly (readonly number[])[] | undefined
  let last: ReadCall = { batchSize: 1, shapes: '' }
  return (feeds) => {
    if (lastDims !== undefined && isShapedAs(lastDims, feeds, names)) return last
    lastDims = names.map((name) => [...dimsOf(feeds, name)])
    last = {
      batchSize: batchInput === undefined ? 1 : (dimsOf(feeds, batchInput)[0] ?? 1),
      shapes: names.map((name) => `${name}[${dimsOf(feeds, name).join(',')}]`).join(' '),
    }
    return last
  }
}

function isShapedAs(dimsByName: readonly (readonly number[])[], feeds: unknown, names: readonly string[]): boolean {
  for (let input = 0; input < names.length; input += 1) {
    const before = dimsByName[input] ?? none
    const dims = dimsOf(feeds, names[input] ?? '')
    if (dims.length !== before.length) return false
    for (let axis = 0; axis < dims.length; axis += 1) if (dims[axis] !== before[axis]) return false
  }
  return true
}

const none: readonly number[] = []

function dimsOf(feeds: unknown, name: string): readonly number[] {
  const tensor = (feeds as Readonly<Record<string, { readonly dims?: unknown } | undefined>> | undefined)?.[name]
  return Array.isArray(tensor?.dims) ? tensor.dims : none
}
