import { checkOptions, describeValue, type OptionNames } from '@lossline/core/adapter'
import { TransformersOptionError } from '../errors.ts'
import { readFolder } from '../node/checkpoint-files.ts'
import { type Classifier, createClassifier } from './classifier.ts'
import { checkEmbedder, type Embedder, toEmbed } from './embed.ts'
import { fromHeadFiles } from './head-files.ts'
import { loadTensorFlow } from './load-tensorflow.ts'
import type { TensorFlowLike } from './tensorflow-like.ts'

/** What a saved head needs to classify. */
export interface LoadClassifierOptions {
  /** The pipeline that the head was trained with. */
  readonly embedder: Embedder
  /** For the pipeline, as for the trainer. */
  readonly embedOptions?: Readonly<Record<string, unknown>> | undefined
  /** Default: the installed `@tensorflow/tfjs`. */
  readonly tf?: TensorFlowLike | undefined
}

const optionNames: OptionNames<LoadClassifierOptions> = { embedder: true, embedOptions: true, tf: true }

/**
 * Reads a classifier from the folder of `classifier.save`, of `trainer.saveModel`, of a checkpoint or of a downloaded artifact.
 *
 * @throws TransformersOptionError when there is no head in the folder, or no embedder; MissingPackageError without TensorFlow.js.
 * @example const classify = await loadClassifier('ticket-head', { embedder: await pipeline('feature-extraction', model) })
 */
export async function loadClassifier(folder: string, options: LoadClassifierOptions): Promise<Classifier> {
  checkOptions('loadClassifier', options, optionNames)
  if (typeof folder !== 'string') {
    throw new TransformersOptionError(`The folder is ${describeValue(folder)}.`, 'Pass the path of the folder.')
  }
  checkEmbedder(options?.embedder, "loadClassifier(folder, { embedder: await pipeline('feature-extraction', model) })")
  const tf = await loadTensorFlow(options.tf, 'loadClassifier')
  const files = await readFolder(folder).catch(() => ({}))
  if (!('head.json' in files)) {
    throw new TransformersOptionError(`There is no head in "${folder}".`, 'Pass a folder that holds head.json.')
  }
  const { model, config } = await fromHeadFiles(tf, files)
  return createClassifier(tf, model, config, toEmbed(options.embedder, options.embedOptions))
}
