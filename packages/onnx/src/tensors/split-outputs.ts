import { OnnxTensorError } from '../errors.ts'
import type { Tensors } from '../onnx-like.ts'
import { createOutputTensor, type OutputTensor } from './output-tensor.ts'
import { isOnTheCpu, type TensorData, tensorDataOf } from './tensor-data.ts'

/** Outputs of a session for one example, by name. */
export type Outputs = Readonly<Record<string, OutputTensor>>

/** The outputs of a batch, of which each example takes its row. */
export interface BatchOutputs {
  /** @throws {@link OnnxTensorError} for an output without a row for each example, if there are several. */
  ofExample(index: number): Outputs
}

/**
 * Brings the outputs of a call to the CPU.
 *
 * @param rowCount - Examples of the batch, those included that only fill it up.
 * @throws {@link OnnxTensorError} for an output that cannot be read.
 */
export async function readOutputs(outputs: Tensors, rowCount: number): Promise<BatchOutputs> {
  const read: { name: string; type: string; dims: readonly number[]; data: TensorData }[] = []
  for (const [name, tensor] of Object.entries(outputs)) {
    read.push({ name, type: tensor.type, dims: [...tensor.dims], data: await tensorDataOf(name, tensor) })
  }
  disposeOutputs(outputs)
  return {
    ofExample(index) {
      if (rowCount === 1) return byName(read.map((output) => [output.name, createOutputTensor(output)]))
      return byName(
        read.map(({ name, type, dims: [length, ...inner], data }) => {
          if (length !== rowCount) throw withoutRows(name, [length ?? [], inner].flat(), rowCount)
          const size = data.length / rowCount
          const row = rowOf(data, index * size, (index + 1) * size)
          return [name, createOutputTensor({ name, type, dims: [1, ...inner], data: row })]
        }),
      )
    },
  }
}

/** Gives back what outputs hold on a device: nobody else knows of them, and that memory is not collected. */
export function disposeOutputs(outputs: Tensors): void {
  for (const tensor of Object.values(outputs)) if (!isOnTheCpu(tensor)) tensor.dispose?.()
}

function byName(entries: readonly (readonly [string, OutputTensor])[]): Outputs {
  return Object.fromEntries(entries)
}

function rowOf(data: TensorData, start: number, end: number): TensorData {
  return ArrayBuffer.isView(data) ? data.subarray(start, end) : data.slice(start, end)
}

function withoutRows(name: string, dims: readonly number[], rowCount: number): OnnxTensorError {
  return new OnnxTensorError(
    `The output "${name}" is [${dims.join(',')}], which has no row for each of the ${rowCount} examples of a batch.`,
    'Leave out batchSize, so that each example has a call of its own.',
  )
}
