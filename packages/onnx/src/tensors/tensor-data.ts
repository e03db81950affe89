import { OnnxTensorError } from '../errors.ts'
import type { TensorLike } from '../onnx-like.ts'

/** Arrays of numbers that a tensor may hold or be read as. */
export type NumberArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array

/** What a tensor holds: numbers, whole numbers of 64 bits, or texts. */
export type TensorData = NumberArray | BigInt64Array | BigUint64Array | readonly string[]

/**
 * The data of a tensor, brought to the CPU where they are not there.
 *
 * @param name - Of the input or output, for the error.
 * @throws OnnxTensorError when they cannot be brought there, or are packed (`int4`, `uint4`).
 */
export async function tensorDataOf(name: string, tensor: TensorLike): Promise<TensorData> {
  const isOnCpu = isOnTheCpu(tensor)
  if (!isOnCpu && tensor.getData === undefined) {
    throw new OnnxTensorError(
      `"${name}" is on "${tensor.location}" and cannot be brought to the CPU.`,
      "Create the session with preferredOutputLocation: 'cpu'.",
    )
  }
  const data = isOnCpu ? tensor.data : await tensor.getData?.()
  const count = tensor.dims.reduce((product, length) => product * length, 1)
  // Two numbers of 4 bits share a byte.
  if (isTensorData(data) && data.length === count) return data
  throw new OnnxTensorError(
    `"${name}" is a tensor of ${tensor.type} [${tensor.dims.join(',')}], which cannot be read.`,
    'Cast it to a number type of at least 8 bits in the model.',
  )
}

/** Whether the data can be read where they are. */
export function isOnTheCpu({ location }: TensorLike): boolean {
  return location === undefined || location === 'cpu' || location === 'cpu-pinned'
}

function isTensorData(data: unknown): data is TensorData {
  return (ArrayBuffer.isView(data) && 'length' in data) || Array.isArray(data)
}
