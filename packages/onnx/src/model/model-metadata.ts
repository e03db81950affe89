/** An input or output of a model, as its file says. */
export interface ModelValue {
  readonly name: string
  /** Of the elements, such as `'float32'`; `'sequence'`, `'map'`, `'optional'`, `'sparse'` for what is no tensor. */
  readonly type: string
  /** Texts name dimensions that are free; `'?'` for those without a name. `undefined` where even their number is free. */
  readonly shape: readonly (number | string)[] | undefined
}

/** A file of weights beside a model. */
export interface ExternalData {
  /** Path from the model's folder, as the model says. */
  readonly location: string
  /** Of the file; `undefined` where it is not there, lies outside the model's folder, or nobody knows where the model lies. */
  readonly sizeBytes: number | undefined
}

/** What the file of a model says about it, beside its weights. */
export interface ModelMetadata {
  /** Version of the format. */
  readonly irVersion: number
  /** Version of each operator set by its domain, such as `{ 'ai.onnx': 17 }`. */
  readonly opsets: Readonly<Record<string, number>>
  /** The tool that made it; empty texts for what it does not say. */
  readonly producerName: string
  readonly producerVersion: string
  readonly domain: string
  readonly modelVersion: number
  readonly description: string
  readonly graphName: string
  /** What its maker put in, such as the names of the classes. */
  readonly properties: Readonly<Record<string, string>>
  readonly inputs: readonly ModelValue[]
  readonly outputs: readonly ModelValue[]
  /** How many nodes there are of each operator, those of branches and loops included. */
  readonly operators: Readonly<Record<string, number>>
  /** Numbers of all weights together. */
  readonly parameterCount: number
  /** Files of weights, in the order in which the model names them. */
  readonly externalData: readonly ExternalData[]
  /** Of the model's file alone. */
  readonly sizeBytes: number
}
