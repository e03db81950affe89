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

/** A tensor that this package has got for itself, and disposes of. */
export interface OwnedTensorLike extends ShapedTensorLike {
  dispose(): void
}

/** A data set of `tf.data`, whose elements are batches `{ xs, ys }` as for `fitDataset`. */
export interface DatasetLike {
  iterator(): Promise<{ next(): Promise<{ readonly done?: boolean | undefined; readonly value: unknown }> }>
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

/** An optimizer, as far as it is described in the config and watched. */
export interface OptimizerLike {
  getClassName(): string
  getConfig(): object | null
}

/** A variable of a layer. Reading it gives the live tensor, which is never disposed of here. */
export interface LayerVariableLike {
  /** Unique in the process. */
  readonly name: string
  /** The same in every copy of the model. */
  readonly originalName: string
  readonly shape: readonly (number | null)[]
  read(): TensorLike
}

/** A layer of a model. */
export interface LayerLike {
  readonly name: string
  getClassName(): string
}

/** How a model names and types one array of its weights. */
export interface WeightSpecLike {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: string
  /** `optimizer`, or absent for those of the model. */
  readonly group?: string
}

/** What `model.save` hands to its handler. */
export interface ModelArtifactsLike {
  readonly modelTopology?: object
  readonly format?: string
  readonly generatedBy?: string
  readonly convertedBy?: string | null
  readonly trainingConfig?: object
  readonly userDefinedMetadata?: object
  readonly weightSpecs?: readonly WeightSpecLike[]
  readonly weightData?: ArrayBuffer | readonly ArrayBuffer[]
}

/** What a save handler answers. */
export interface SaveResultLike {
  readonly modelArtifactsInfo: { readonly dateSaved: Date; readonly modelTopologyType: 'JSON' }
}

/** A layers model: `tf.sequential`, `tf.model` or a loaded one. */
export interface ModelLike {
  readonly name?: string
  readonly inputs?: readonly unknown[]
  readonly outputs?: readonly unknown[]
  readonly optimizer?: OptimizerLike
  /** A name, a function, or a list or an object of these, one for each output. */
  readonly loss?: unknown
  readonly metrics?: unknown
  readonly metricsNames?: readonly string[]
  readonly layers?: readonly LayerLike[]
  readonly weights?: readonly LayerVariableLike[]
  readonly trainableWeights?: readonly { readonly shape: readonly (number | null)[] }[]
  /** Set, it ends the training after the batch at hand. */
  stopTraining?: boolean
  countParams?(): number
  summary?(lineLength?: number, positions?: number[], printFn?: (line: string) => void): void
  save?(
    handler: { save(artifacts: ModelArtifactsLike): Promise<SaveResultLike> },
    config?: { includeOptimizer?: boolean },
  ): Promise<unknown>
}

/** The imported TensorFlow.js module: `import * as tf from '@tensorflow/tfjs'`. */
export interface TensorFlowLike<Instance extends object = object> {
  readonly Callback: abstract new () => Instance
  readonly version?: { readonly tfjs?: string }
  nextFrame(): Promise<void>
  getBackend?(): string
}
