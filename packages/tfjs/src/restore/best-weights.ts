import { TfjsCheckpointError } from '../errors.ts'
import type { LayerVariableLike, ModelLike } from '../tensorflow-like.ts'

/** Weights of a model as arrays of their own: no tensor is kept, so nothing has to be disposed of. */
export interface KeptWeights {
  readonly arrays: readonly { readonly shape: readonly (number | null)[]; readonly values: ArrayLike<number> }[]
}

/** What tfjs's variables have that their structural twin leaves out. Checked when it is used. */
interface BufferLike {
  values: unknown
  toTensor(): { dispose(): void }
}

/** Copies the weights of a model, those that are not trained (such as moving averages) too. */
export async function copyWeights(model: ModelLike): Promise<KeptWeights> {
  const { weights = [] } = model
  const values = await Promise.all(weights.map((weight) => weight.read().data()))
  return {
    arrays: weights.map(({ shape }, index) => ({ shape, values: copyOf(values[index] as ArrayLike<number>) })),
  }
}

/** Whether a model has these weights still. */
export async function hasWeights(model: ModelLike, { arrays }: KeptWeights): Promise<boolean> {
  const now = await copyWeights(model)
  return now.arrays.every(({ values }, index) => {
    const before = arrays[index]?.values
    return before?.length === values.length && Array.from(values).every((value, i) => Object.is(value, before[i]))
  })
}

/**
 * Sets the weights of a model.
 *
 * @throws {@link TfjsCheckpointError} when they are not those of such a model; nothing is changed then.
 */
export async function restoreWeights(model: ModelLike, { arrays }: KeptWeights): Promise<void> {
  const { weights = [] } = model
  const fits =
    weights.length === arrays.length && weights.every((weight, index) => isShape(weight, arrays[index]?.shape))
  if (!fits) {
    throw new TfjsCheckpointError({
      message: `The best weights are ${arrays.length} arrays, and do not fit the ${weights.length} of this model.`,
      hint: 'Restore them into the model that was trained, or into one of the same layers.',
    })
  }
  const buffers = await Promise.all(weights.map(readBuffer))
  for (const [index, weight] of weights.entries()) {
    const buffer = buffers[index] as BufferLike
    // A buffer may show the memory of the tensor itself, so it gets an array of its own before it becomes another tensor.
    buffer.values = copyOf(arrays[index]?.values ?? [])
    const tensor = buffer.toTensor()
    Reflect.apply(Reflect.get(weight, 'write') as (value: unknown) => void, weight, [tensor])
    tensor.dispose()
  }
}

/** `tensor.buffer()` is the one way from an array to a tensor that needs no tfjs to be given. */
async function readBuffer(weight: LayerVariableLike): Promise<BufferLike> {
  const tensor = weight.read() as { buffer?(): Promise<BufferLike> }
  const buffer = await tensor.buffer?.()
  if (buffer !== undefined && typeof Reflect.get(weight, 'write') === 'function') return buffer
  throw new TfjsCheckpointError({
    message: 'This is no model of TensorFlow.js 4.',
    hint: 'Pass the model that was trained.',
  })
}

function isShape(weight: LayerVariableLike, shape: readonly (number | null)[] | undefined): boolean {
  return weight.shape.length === shape?.length && weight.shape.every((length, axis) => length === shape[axis])
}

function copyOf(values: ArrayLike<number>): ArrayLike<number> {
  return 'slice' in values && typeof values.slice === 'function' ? values.slice() : Array.from(values)
}
