import { softmaxRows } from '@lossline/evaluation'
import { writeFiles } from '../node/checkpoint-files.ts'
import { isChat } from '../rows/text-cell.ts'
import { type Embed, embedInputs } from './embed.ts'
import { toHeadFiles } from './head-files.ts'
import type { LayersModelHandle, TensorFlow, TensorHandle } from './tensorflow-like.ts'
import type { HeadConfig } from './tfjs-head.ts'

/** A class with its probability. */
export interface ClassScore {
  readonly label: string
  readonly score: number
}

/** How many classes a {@link Classifier} gives for each input. */
export interface ClassifyOptions {
  /** Default 1; `null` for all. */
  readonly top_k?: number | null | undefined
}

/** How a {@link Classifier} is called. */
export interface ClassifierCall {
  /** Several inputs with more than one class each: a list for each. */
  (inputs: readonly unknown[], options: ClassifyOptions): Promise<ClassScore[] | ClassScore[][]>
  /** The best class, or classes, of one input; the best class of each of several. */
  (input: unknown, options?: ClassifyOptions): Promise<ClassScore[]>
}

/**
 * A trained head with the pipeline that makes its embeddings: called like a `text-classification` pipeline of transformers.js,
 * with results of the same shape, and taken by `reportTo`.
 */
export interface Classifier extends ClassifierCall {
  readonly task: string
  readonly labels: readonly string[]
  readonly model: { readonly config: Readonly<Record<string, unknown>> }
  /**
   * Writes the head into a folder, which {@link loadClassifier} reads; `model.json` is a layers model of TensorFlow.js. Other files
   * of the folder stay.
   */
  save(folder: string): Promise<void>
  /** Releases the head's weights. The pipeline stays. */
  dispose(): void
}

/** Makes a classifier of a head. */
export function createClassifier(
  tf: TensorFlow,
  model: LayersModelHandle,
  config: HeadConfig,
  embed: Embed,
): Classifier {
  const { labels } = config
  const probabilitiesOf = async (inputs: readonly unknown[]): Promise<Float64Array> => {
    const { vectors, size } = await embedInputs(embed, inputs)
    const logits = tf.tidy(() => model.predict(tf.tensor(vectors, [inputs.length, size])) as TensorHandle)
    const values = Float32Array.from(await logits.data())
    logits.dispose()
    return Float64Array.from(softmaxRows(values, labels.length))
  }
  const parts = {
    task: 'text-classification',
    labels,
    model: {
      config: {
        model_type: 'tfjs-head',
        id2label: Object.fromEntries(labels.entries()),
        hidden_sizes: [...config.hiddenSizes],
      },
    },
    save: async (folder: string) => writeFiles(folder, await toHeadFiles(model, config)),
    dispose: () => void model.dispose(),
    async _call(input: unknown, { top_k: count = 1 }: ClassifyOptions = {}) {
      const isBatch = Array.isArray(input) && !isChat(input)
      const inputs = isBatch ? input : [input]
      if (inputs.length === 0) return []
      const probabilities = await probabilitiesOf(inputs)
      const ranked = inputs.map((_, row) => rank(labels, probabilities, row).slice(0, count ?? labels.length))
      if (count === 1) return ranked.flat()
      return isBatch ? ranked : (ranked[0] ?? [])
    },
  }
  // Like a pipeline, it calls whatever `_call` it has now: that is where `reportTo` stands.
  const call = (input: unknown, options?: ClassifyOptions) => callable._call(input, options)
  const callable = Object.assign(call, parts)
  // The overloads say which of the two results it is.
  return callable as typeof parts & ClassifierCall
}

function rank(labels: readonly string[], probabilities: Float64Array, row: number): ClassScore[] {
  const scored = labels.map((label, id) => ({ label, score: probabilities[row * labels.length + id] ?? Number.NaN }))
  return scored.sort((one, other) => other.score - one.score)
}
