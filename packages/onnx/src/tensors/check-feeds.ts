import { describeValue } from '@lossline/core/adapter'
import { OnnxTensorError } from '../errors.ts'

const hint = "Give each input of the model a tensor: { image: new ort.Tensor('float32', pixels, [1, 1, 8, 8]) }."

/** Refuses what is no set of tensors by name. @throws OnnxTensorError */
export function checkFeeds(feeds: unknown): void {
  if (typeof feeds !== 'object' || feeds === null) {
    throw new OnnxTensorError(`feeds gives ${describeValue(feeds)} for an example, not tensors by name.`, hint)
  }
  for (const [name, tensor] of Object.entries(feeds)) {
    if (typeof tensor === 'object' && tensor !== null && Array.isArray(tensor.dims) && 'type' in tensor) continue
    throw new OnnxTensorError(`feeds gives ${describeValue(tensor)} for "${name}", which is no tensor.`, hint)
  }
}
