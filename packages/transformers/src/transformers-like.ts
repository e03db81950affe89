// Structural twins of what this package uses of transformers.js. With them the types compile without it installed, and the
// objects may come from any copy of it: its two bundles (`import` and `require`) have classes of their own.

/** A session of ONNX Runtime, as a model of transformers.js holds it. */
export interface SessionLike {
  /** What was chosen for this session in the end, whatever the options said. */
  readonly config?: { readonly dtype?: string; readonly device?: unknown }
}

/** The model of a pipeline. */
export interface ModelLike {
  readonly config?: Readonly<Record<string, unknown>>
  readonly sessions?: Readonly<Record<string, SessionLike>>
  readonly generation_config?: Readonly<Record<string, unknown>> | null
}

/**
 * A pipeline: a function whose prototype is its class and not `Function.prototype`, so that it has no `call` and is no
 * `instanceof Function`. Calling it calls its `_call`.
 */
export interface PipelineLike {
  readonly task: string
  readonly model?: ModelLike
  readonly tokenizer?: object | null
  readonly processor?: object | null
}

/** The `env` of transformers.js, for the versions in use. */
export interface EnvironmentLike {
  readonly version?: string
  readonly backends?: { readonly onnx?: { readonly versions?: Readonly<Record<string, string>> } }
}

/** A tensor: `dims`, and `data` row by row. Integers of 64 bits are bigints. */
export interface TensorLike {
  readonly dims: readonly number[]
  readonly type: string
  readonly data: ArrayLike<number | bigint>
}

/** A `RawImage`: 8-bit values row by row, the channels of a pixel beside each other. */
export interface RawImageLike {
  readonly data: Uint8Array | Uint8ClampedArray
  readonly width: number
  readonly height: number
  readonly channels: 1 | 2 | 3 | 4
}

/** A `RawAudio`: one channel of floats from -1 to 1. */
export interface RawAudioLike {
  readonly audio: Float32Array
  readonly sampling_rate: number
}

/** What `generate` tells how it goes on: first the prompt, then one token a sequence at a time. */
export interface StreamerLike {
  put(tokens: readonly (readonly bigint[])[]): void
  end(): void
}

/** An event of `progress_callback`. */
export interface ProgressEventLike {
  readonly status: string
  readonly name?: string
  readonly file?: string
  readonly total?: number
  readonly task?: string
  readonly model?: string
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isTensorLike(value: unknown): value is TensorLike {
  return isObjectLike(value) && Array.isArray(value.dims) && typeof value.type === 'string' && 'data' in value
}

export function isRawImageLike(value: unknown): value is RawImageLike {
  return isObjectLike(value) && ArrayBuffer.isView(value.data) && Number.isInteger(value.width) && 'channels' in value
}

export function isRawAudioLike(value: unknown): value is RawAudioLike {
  return isObjectLike(value) && ArrayBuffer.isView(value.audio) && typeof value.sampling_rate === 'number'
}

/** Tensors of transformers.js are proxies, and pipelines, tokenizers and models are functions. */
function isObjectLike(value: unknown): value is Readonly<Record<string, unknown>> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
