import { OnnxOptionError } from '../errors.ts'
import type { SessionLike } from '../onnx-like.ts'

/** How a session takes several examples at once. */
export interface BatchAxis {
  /** Examples that every call must have; `undefined` where any number will do. */
  readonly fixedSize: number | undefined
  /** Inputs that all examples of a batch share, such as a threshold. */
  readonly sharedInputs: ReadonlySet<string>
}

/**
 * Finds out from the metadata of a session's inputs. An input whose first dimension is free has a row for each example; beside such
 * inputs those of a fixed first dimension are shared. Where no first dimension is free, it is the size of every batch. Without
 * metadata, which releases before 1.22 do not have, each input has a row for each example.
 */
export function findBatchAxis({ inputMetadata = [] }: SessionLike): BatchAxis {
  const axes = inputMetadata.map(({ name, shape = [] }) => ({ name, length: shape[0] }))
  const fixed = axes.filter(({ length }) => typeof length !== 'string')
  if (fixed.length < axes.length) return { fixedSize: undefined, sharedInputs: new Set(fixed.map(({ name }) => name)) }
  const lengths = axes.map(({ length }) => length).filter((length) => typeof length === 'number')
  const fixedSize = lengths.length === 0 ? undefined : Math.max(...lengths)
  const shared = axes.filter(({ length }) => length !== fixedSize)
  return { fixedSize, sharedInputs: new Set(shared.map(({ name }) => name)) }
}

/** @throws OnnxOptionError for a size that the session does not take. */
export function chooseBatchSize({ fixedSize }: BatchAxis, wanted: number | undefined): number {
  if (fixedSize === undefined || wanted === undefined || wanted === fixedSize) return wanted ?? fixedSize ?? 1
  throw new OnnxOptionError(
    `The option batchSize is ${wanted}, and this model takes ${fixedSize} at a time.`,
    'Leave it out, or export the model with a free first dimension.',
  )
}
