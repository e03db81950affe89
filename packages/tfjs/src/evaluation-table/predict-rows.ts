import type { ModelLike, OwnedTensorLike, ShapedTensorLike } from '../tensorflow-like.ts'
import { asOwnCall } from '../tracking/own-call.ts'
import type { OutputValues } from './prediction-cells.ts'

export interface PredictRowsOptions {
  readonly output: number
  readonly batchSize: number
}

/**
 * Shows a model its examples. All that it returns is disposed of.
 *
 * @returns the values of one output; `undefined` when the model has no such output.
 */
export async function predictRows(
  model: ModelLike,
  inputs: readonly ShapedTensorLike[],
  { output, batchSize }: PredictRowsOptions,
): Promise<OutputValues | undefined> {
  const predict: unknown = Reflect.get(model, 'predict')
  if (typeof predict !== 'function') return undefined
  const given = inputs.length === 1 ? inputs[0] : inputs
  const result: OwnedTensorLike | OwnedTensorLike[] = asOwnCall(() =>
    Reflect.apply(predict, model, [given, { batchSize }]),
  )
  const outputs = Array.isArray(result) ? result : [result]
  try {
    const chosen = outputs[output]
    return chosen === undefined ? undefined : await readRows(chosen)
  } finally {
    for (const tensor of outputs) tensor.dispose()
  }
}

/** Values of a tensor whose first axis is the examples. Copied: a backend may hand out its own memory. */
export async function readRows(tensor: ShapedTensorLike): Promise<OutputValues> {
  const [rowCount = 0, ...rest] = tensor.shape
  const width = rest.reduce((size, length) => size * length, 1)
  return { values: Float64Array.from(await tensor.data()), width, rowCount }
}
