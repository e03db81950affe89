import { OnnxTensorError } from '../errors.ts'
import type { TensorLike, Tensors } from '../onnx-like.ts'
import { type TensorData, tensorDataOf } from './tensor-data.ts'

/** Collects what is fed to one call. */
export interface BatchFeeds {
  readonly rowCount: number
  /** Whether the feeds of another example have the shapes and types of those that are there. */
  fits(feeds: Tensors): boolean
  /** Copies an example's row of each input. @throws OnnxTensorError */
  add(feeds: Tensors): Promise<void>
  /** Feeds of all; a batch that must be full is filled up with copies of its last row. */
  toFeeds(): Tensors
}

/** Settings of {@link createBatchFeeds}. */
export interface BatchFeedsOptions {
  readonly size: number
  readonly mustBeFull: boolean
  readonly sharedInputs: ReadonlySet<string>
}

interface Column {
  readonly first: TensorLike
  readonly rowLength: number
  readonly data: TensorData
}

/**
 * Makes one batch out of the feeds of single examples, each with a first dimension of 1. Of a batch of one example the tensors are
 * passed on as they are.
 */
export function createBatchFeeds({ size, mustBeFull, sharedInputs }: BatchFeedsOptions): BatchFeeds {
  let firstFeeds: Tensors = {}
  const columns = new Map<string, Column>()
  let rowCount = 0
  const isStacked = ([name]: readonly [string, unknown]) => size > 1 && !sharedInputs.has(name)

  async function addRow(name: string, tensor: TensorLike): Promise<void> {
    if (tensor.dims[0] !== 1) throw withoutRow(name, tensor)
    const row = await tensorDataOf(name, tensor)
    const known = columns.get(name)
    const column = known ?? { first: tensor, rowLength: row.length, data: emptyLike(row, row.length * size) }
    columns.set(name, column)
    setRow(column, row, rowCount)
  }

  return {
    get rowCount() {
      return rowCount
    },
    fits(feeds) {
      if (rowCount === 0) return true
      const stacked = Object.entries(feeds).filter(isStacked)
      return (
        stacked.length === columns.size &&
        stacked.every(([name, { type, dims }]) => {
          const first = columns.get(name)?.first
          return first?.type === type && first.dims.length === dims.length && dims.every((n, i) => n === first.dims[i])
        })
      )
    },
    async add(feeds) {
      if (rowCount === 0) firstFeeds = feeds
      for (const [name, tensor] of Object.entries(feeds).filter(isStacked)) await addRow(name, tensor)
      rowCount += 1
    },
    toFeeds() {
      if (columns.size === 0) return firstFeeds
      const count = mustBeFull ? size : rowCount
      for (const column of columns.values()) {
        const last = rowOf(column, rowCount - 1)
        for (let row = rowCount; row < count; row += 1) setRow(column, last, row)
      }
      const stacked = [...columns].map(([name, column]) => [name, toTensor(column, count)] as const)
      return { ...firstFeeds, ...Object.fromEntries(stacked) }
    },
  }
}

function emptyLike(data: TensorData, length: number): TensorData {
  if (!ArrayBuffer.isView(data)) return Array.from({ length }, () => '')
  // A typed array of the same kind, also of kinds that this version of TypeScript does not know.
  const Numbers = data.constructor as new (length: number) => TensorData
  return new Numbers(length)
}

function setRow({ data, rowLength }: Column, row: TensorData, index: number): void {
  // Both are of the same kind: `emptyLike` made one after the other, and `fits` compares their types.
  const target = data as unknown as { [index: number]: unknown; set?(row: unknown, start: number): void }
  if (target.set !== undefined) target.set(row, index * rowLength)
  else for (const [offset, text] of (row as readonly string[]).entries()) target[index * rowLength + offset] = text
}

function rowOf({ data, rowLength }: Column, index: number): TensorData {
  return data.slice(index * rowLength, (index + 1) * rowLength) as TensorData
}

/** By the class of the example's own tensor, so that it is of the copy of ONNX Runtime that the session is of. */
function toTensor({ first, data, rowLength }: Column, count: number): TensorLike {
  const Tensor = first.constructor as new (type: string, data: unknown, dims: readonly number[]) => TensorLike
  return new Tensor(first.type, data.slice(0, count * rowLength), [count, ...first.dims.slice(1)])
}

function withoutRow(name: string, { dims }: TensorLike): OnnxTensorError {
  return new OnnxTensorError(
    `The feeds of an example give "${name}" as [${dims.join(',')}], which does not begin with a 1.`,
    'Make feeds for one example, as if it were alone; evaluate puts batches together.',
  )
}
