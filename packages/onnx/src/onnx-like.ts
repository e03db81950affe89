// What this package needs of ONNX Runtime, by structure: it fits onnxruntime-node from 1.21 and onnxruntime-web from 1.22 on, and any
// copy of them, and needs neither to compile.

/** A tensor: row-major, without strides. */
export interface TensorLike {
  /** Such as `'float32'`. */
  readonly type: string
  readonly dims: readonly number[]
  /** A typed array, or texts. Throws where {@link location} is not the CPU. */
  readonly data: unknown
  readonly location?: string
  /** Brings the data to the CPU if they are not there. */
  getData?(): Promise<unknown>
  /** Gives back memory of a device; what is on the CPU goes with the tensor. */
  dispose?(): void
}

/** Tensors by the name of an input or output. */
export type Tensors = Readonly<Record<string, TensorLike>>

/** What a session says of an input or output; not in releases before 1.22. */
export interface ValueMetadataLike {
  readonly name: string
  readonly isTensor: boolean
  readonly type?: string
  /** Texts name dimensions that are free, such as `'batch'`. */
  readonly shape?: readonly (number | string)[]
}

/** A session of `InferenceSession.create`. */
export interface SessionLike {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  readonly inputMetadata?: readonly ValueMetadataLike[]
  readonly outputMetadata?: readonly ValueMetadataLike[]
  // Their own type of tensors is a class, which nothing but their own tensors is of.
  // biome-ignore lint/suspicious/noExplicitAny: see above.
  run(feeds: any, ...rest: any[]): Promise<any>
  release?(): Promise<void>
  endProfiling?(): void
}

/** The module `onnxruntime-node` or `onnxruntime-web`. */
export interface OnnxRuntimeLike<Session extends SessionLike = SessionLike> {
  readonly InferenceSession: {
    // Overloads for paths, bytes and addresses.
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    create(model: any, options?: any): Promise<Session>
  }
  readonly env?: { readonly versions?: object }
}
