// Structural twins of what this package uses of TensorFlow.js. With them the types compile without tfjs installed, and
// the values may come from any copy of it: its own classes are recognised by the very copy they come from only.

/** Numbers behind a scalar tensor. It belongs to whoever made it and is only read here. */
export interface TensorLike {
  data(): Promise<ArrayLike<number>>
}

/** A tensor of any shape. It belongs to whoever made it and is only read here. */
export interface ShapedTensorLike extends TensorLike {
  readonly shape: readonly number[]
  /** `float32`, `int32`, `bool`, … */
  readonly dtype: string
}

/** Values of one batch or epoch by name. Callback objects get numbers, callback instances also scalar tensors. */
export type TrainingLogs = Readonly<Record<string, unknown>>

/** What `fit` tells its callbacks about the training. Members that do not apply are `null` or absent. */
export interface TrainingParams {
  /** Index after the last epoch: not a count when training starts at `initialEpoch`. */
  readonly epochs?: number | null
  readonly initialEpoch?: number | null
  readonly samples?: number | null
  /** Batches of an epoch; `fitDataset` only, and only if the data set knows its size. */
  readonly steps?: number | null
  readonly batchSize?: number | null
  readonly doValidation?: boolean
  /** Names of the epoch's values; with validation every name comes once more with `val_` before it. */
  readonly metrics?: readonly string[]
}

/** An optimizer, as far as it is described in the config. */
export interface OptimizerLike {
  getClassName(): string
  getConfig(): object | null
}

/** A layers model: `tf.sequential`, `tf.model` or a loaded one. */
export interface ModelLike {
  readonly name?: string
  readonly outputs?: readonly unknown[]
  readonly optimizer?: OptimizerLike
  /** A name, a function, or a list or an object of these, one for each output. */
  readonly loss?: unknown
  readonly metrics?: unknown
  readonly trainableWeights?: readonly { readonly shape: readonly (number | null)[] }[]
  countParams?(): number
  summary?(lineLength?: number, positions?: number[], printFn?: (line: string) => void): void
}

/** The imported TensorFlow.js module: `import * as tf from '@tensorflow/tfjs'`. */
export interface TensorFlowLike<Instance extends object = object> {
  readonly Callback: abstract new () => Instance
  readonly version?: { readonly tfjs?: string }
  nextFrame(): Promise<void>
  getBackend?(): string
}
