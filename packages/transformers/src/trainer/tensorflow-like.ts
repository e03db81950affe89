// Structural twins of what the trainer uses of TensorFlow.js, so that its types compile without it installed.

/** A tensor of TensorFlow.js. */
export interface TensorHandle {
  readonly shape: readonly number[]
  data(): Promise<ArrayLike<number>>
  dispose(): void
}

/** A weight of a layer, which is read as the tensor that it holds now. */
export interface WeightHandle {
  readonly originalName: string
  read(): TensorHandle
}

/** A layer. */
export interface LayerHandle {
  apply(input: TensorHandle): unknown
}

/** A model that was built or loaded. */
export interface LayersModelHandle {
  readonly layers: readonly LayerHandle[]
  readonly trainableWeights: readonly WeightHandle[]
  predict(input: TensorHandle): unknown
  countParams(): number
  getWeights(): TensorHandle[]
  setWeights(weights: TensorHandle[]): void
  save(handler: SaveHandler): Promise<unknown>
  dispose(): unknown
}

/** What a saved model consists of. */
export interface ModelArtifactsLike {
  readonly modelTopology?: object | ArrayBuffer
  readonly weightSpecs?: readonly object[]
  readonly weightData?: ArrayBuffer | ArrayBuffer[]
}

/** Takes a model that is saved. */
export interface SaveHandler {
  save(artifacts: ModelArtifactsLike): Promise<object>
}

/** A number that an optimizer keeps. */
export interface NamedTensorHandle {
  readonly name: string
  readonly tensor: TensorHandle
}

/** An optimizer. */
export interface OptimizerHandle {
  applyGradients(gradients: Record<string, TensorHandle>): void
  getWeights(): Promise<NamedTensorHandle[]>
  setWeights(weights: NamedTensorHandle[]): Promise<void>
  dispose(): void
}

/** The imported module: `import * as tf from '@tensorflow/tfjs'`, or `@tensorflow/tfjs-node`. */
export interface TensorFlowLike {
  readonly version?: { readonly tfjs?: string }
  readonly layers: object
  readonly train: object
  readonly losses: object
  sequential(...args: never[]): unknown
  loadLayersModel(...args: never[]): unknown
  tensor(...args: never[]): unknown
  variableGrads(...args: never[]): unknown
}

/** The same module as the trainer calls it. Its own types name its own tensors, which this package does not know. */
export interface TensorFlow {
  readonly initializers: { glorotUniform(args: { seed?: number }): unknown }
  readonly layers: {
    dense(args: {
      units: number
      inputShape?: number[]
      activation?: 'relu'
      kernelInitializer?: never
      name?: string
    }): unknown
  }
  readonly train: { adam(learningRate: number, beta1: number, beta2: number, epsilon: number): unknown }
  readonly losses: {
    softmaxCrossEntropy(
      labels: TensorHandle,
      logits: TensorHandle,
      weights?: undefined,
      smoothing?: number,
    ): TensorHandle
  }
  sequential(config: { layers: never[]; name?: string }): unknown
  loadLayersModel(handler: { load(): Promise<never> }): Promise<unknown>
  tensor(values: Float32Array, shape: number[]): TensorHandle
  tensor1d(values: Int32Array, dtype: 'int32'): TensorHandle
  oneHot(indices: TensorHandle, depth: number): TensorHandle
  add(one: TensorHandle, other: TensorHandle): TensorHandle
  mul(one: TensorHandle, other: TensorHandle | number): TensorHandle
  sum(values: TensorHandle): TensorHandle
  square(values: TensorHandle): TensorHandle
  sqrt(values: TensorHandle): TensorHandle
  keep(tensor: TensorHandle): TensorHandle
  tidy<Result>(act: () => Result): Result
  variableGrads(
    loss: () => never,
    variables: never[],
  ): { readonly value: TensorHandle; readonly grads: Record<string, TensorHandle> }
}
