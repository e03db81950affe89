import { createYielder, describeValue } from '@lossline/core/adapter'
import { TransformersOptionError } from '../errors.ts'
import { isTensorLike, type TensorLike } from '../transformers-like.ts'

/** Makes embeddings: one row for each input. */
export type Embed = (inputs: readonly unknown[]) => Promise<TensorLike>

/** A pipeline that makes embeddings, `feature-extraction` or `image-feature-extraction`; or a function that does. */
export type Embedder = Embed | EmbeddingPipeline

/** A pipeline of transformers.js that makes embeddings. */
export interface EmbeddingPipeline {
  readonly task: string
  // The pipelines' own signatures are narrower, each for its inputs and options.
  _call(...args: never[]): unknown
}

/** Embeddings of many inputs, row by row. */
export interface Embeddings {
  readonly vectors: Float32Array
  /** Length of one. */
  readonly size: number
}

/** Refuses what makes no embeddings. @param usage - The call as it should be. @throws TransformersOptionError */
export function checkEmbedder(embedder: unknown, usage: string): void {
  if (typeof embedder === 'function') return
  throw new TransformersOptionError(`The option embedder is ${describeValue(embedder)}.`, `Call ${usage}.`)
}

/**
 * Makes one function of the ways to embed. Pipelines are asked for the mean over the tokens, or for the pooled output of images.
 *
 * @param options - For the pipeline, in place of these.
 */
export function toEmbed(embedder: Embedder, options?: Readonly<Record<string, unknown>>): Embed {
  if (!isPipeline(embedder)) return embedder
  const settings = options ?? (embedder.task === 'image-feature-extraction' ? { pool: true } : { pooling: 'mean' })
  // Pipelines are functions without `call`; the type says it with `_call`.
  const call = embedder as unknown as (inputs: readonly unknown[], options: object) => Promise<TensorLike>
  return async (inputs) => call([...inputs], { ...settings })
}

/** Embeds inputs, some at a time. @throws TransformersOptionError when the embedder gives no row for each input. */
export async function embedInputs(embed: Embed, inputs: readonly unknown[], batchSize = 32): Promise<Embeddings> {
  let vectors = new Float32Array(0)
  let size = 0
  const pause = createYielder()
  for (let start = 0; start < inputs.length; start += batchSize) {
    const batch = inputs.slice(start, start + batchSize)
    const tensor = await embed(batch)
    if (!isTensorLike(tensor) || tensor.dims.length !== 2 || tensor.dims[0] !== batch.length)
      throw noRows(tensor, batch.length)
    if (start === 0) {
      size = tensor.dims[1] ?? 0
      vectors = new Float32Array(inputs.length * size)
    }
    for (let index = 0; index < tensor.data.length; index += 1)
      vectors[start * size + index] = Number(tensor.data[index])
    await pause()
  }
  return { vectors, size }
}

function isPipeline(embedder: Embedder): embedder is EmbeddingPipeline {
  return 'task' in embedder && '_call' in embedder
}

function noRows(tensor: unknown, count: number): TransformersOptionError {
  const shape = isTensorLike(tensor) ? tensor.dims.join(' × ') : typeof tensor
  return new TransformersOptionError(
    `The embeddings of ${count} inputs have the shape ${shape}.`,
    "Pass a feature-extraction pipeline, with embedOptions: { pooling: 'mean' } or 'cls'.",
  )
}
