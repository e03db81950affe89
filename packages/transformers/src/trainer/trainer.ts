import { checkOptions, createProblemReporter, createYielder, type OptionNames } from '@lossline/core/adapter'
import { TransformersOptionError } from '../errors.ts'
import { inputOf } from '../evaluation/example-input.ts'
import { writeFiles } from '../node/checkpoint-files.ts'
import type { ReportProblem, TransformersProblem, TransformersProblemCode } from '../problems.ts'
import { type CallbackHandler, createCallbackHandler } from './callback-handler.ts'
import { checkTrainerOptions } from './check-trainer-options.ts'
import { loadCheckpoint } from './checkpoints.ts'
import { type Classifier, createClassifier } from './classifier.ts'
import { createDefaultFlow } from './default-flow.ts'
import { type Embedder, embedInputs, toEmbed } from './embed.ts'
import { defaultMetrics, evaluateExamples, type PredictionOutput, predictExamples } from './evaluation-loop.ts'
import { checkExamples, findLabels, type LabelledExample, toClassIds } from './examples.ts'
import { toHeadFiles } from './head-files.ts'
import { createLearningRate, type LearningRate } from './learning-rate.ts'
import { loadTensorFlow } from './load-tensorflow.ts'
import { checkReportTo, type TrainerReportTo, toReportCallbacks } from './report-targets.ts'
import type { TensorFlowLike } from './tensorflow-like.ts'
import { createHeadModel, createTfjsHead, type HeadConfig } from './tfjs-head.ts'
import type { TrainerCallback } from './trainer-callback.ts'
import { createTrainerControl, createTrainerState, type TrainerControl, type TrainerState } from './trainer-state.ts'
import { type ParsedArguments, parseTrainingArguments, type TrainingArguments } from './training-arguments.ts'
import { runTraining, type TrainOutput } from './training-loop.ts'
import { type ComputeMetrics, type EmbeddedExamples, fire, type TrainingSession } from './training-session.ts'

/** What a {@link Trainer} trains, on what, and how. */
export interface TrainerOptions {
  /** Pipeline that makes the embeddings, `feature-extraction` or `image-feature-extraction`; or a function that does. */
  readonly embedder: Embedder
  /** Options of the pipeline. Default: `{ pooling: 'mean' }`, for images `{ pool: true }`. */
  readonly embedOptions?: Readonly<Record<string, unknown>> | undefined
  readonly args?: TrainingArguments | undefined
  readonly trainDataset: readonly LabelledExample[]
  readonly evalDataset?: readonly LabelledExample[] | undefined
  /** Names of the classes. Default: those of the training examples, in alphabetic order. */
  readonly labels?: readonly string[] | undefined
  /** Units of layers between embedding and classes. Default: none, so that the head is a logistic regression. */
  readonly hiddenSizes?: readonly number[] | undefined
  /** Share of the last layer's inputs that is left out while training. Default 0. */
  readonly dropout?: number | undefined
  /** Default: accuracy and macro F1. */
  readonly computeMetrics?: ComputeMetrics | undefined
  readonly callbacks?: readonly TrainerCallback[] | undefined
  /** Where to report to. Default: the active run. */
  readonly reportTo?: TrainerReportTo | undefined
  /** The module of TensorFlow.js. Default: the installed `@tensorflow/tfjs`. */
  readonly tf?: TensorFlowLike | undefined
  /** Gets each kind of problem once. Default: a line on `console.warn`. */
  readonly onProblem?: ((problem: TransformersProblem) => void) | undefined
}

const optionNames: OptionNames<TrainerOptions> = {
  embedder: true,
  embedOptions: true,
  args: true,
  trainDataset: true,
  evalDataset: true,
  labels: true,
  hiddenSizes: true,
  dropout: true,
  computeMetrics: true,
  callbacks: true,
  reportTo: true,
  tf: true,
  onProblem: true,
}

/**
 * Trains a classifier on the embeddings of a pipeline, with the arguments, events and keys of Hugging Face's Trainer. The model
 * behind the pipeline stays as it is; what learns is a head of dense layers in TensorFlow.js.
 *
 * @example
 * const trainer = new Trainer({ embedder, trainDataset, evalDataset, reportTo: run,
 *   args: { numTrainEpochs: 20, learningRate: 1e-2, evalStrategy: 'epoch', saveStrategy: 'epoch', loadBestModelAtEnd: true } })
 * await trainer.train()
 * await trainer.classifier.save('ticket-head')
 */
export class Trainer {
  readonly args: ParsedArguments
  readonly state: TrainerState
  readonly control: TrainerControl = createTrainerControl()
  readonly #options: TrainerOptions
  readonly #callbacks: CallbackHandler
  readonly #learningRate: LearningRate
  readonly #report: ReportProblem
  #reporting: readonly TrainerCallback[] | undefined
  #preparing: Promise<TrainingSession> | undefined
  #session: TrainingSession | undefined
  #hasTrained = false

  /** @throws TransformersOptionError, or core's `InvalidOptionError` for names that are no options. */
  constructor(options: TrainerOptions) {
    checkOptions('new Trainer', options, optionNames)
    this.args = parseTrainingArguments(options.args ?? {})
    checkReportTo(options.reportTo)
    checkTrainerOptions(options)
    if (options.trainDataset.length === 0) {
      throw new TransformersOptionError('trainDataset is empty.', 'Pass [{ text, label }, …].')
    }
    if (this.args.dataloaderDropLast && options.trainDataset.length < this.args.perDeviceTrainBatchSize) {
      throw new TransformersOptionError(
        `No batch of ${this.args.perDeviceTrainBatchSize} can be made of ${options.trainDataset.length} examples.`,
        'Make perDeviceTrainBatchSize smaller, or leave dataloaderDropLast out.',
      )
    }
    if (this.args.evalStrategy !== 'no' && options.evalDataset === undefined) {
      throw new TransformersOptionError('Evaluations need examples.', "Pass evalDataset, or evalStrategy: 'no'.")
    }
    this.#options = options
    this.#report = createProblemReporter<TransformersProblemCode>(options.onProblem)
    this.state = createTrainerState(this.args)
    this.#learningRate = createLearningRate(this.args)
    const own = [createDefaultFlow(), this.#learningRate.callback].filter((callback) => callback !== undefined)
    this.#callbacks = createCallbackHandler([...own, ...(options.callbacks ?? [])])
  }

  /**
   * Trains. Called again, it trains the head that there is from the first step on, with an optimizer that knows of nothing.
   *
   * @param options.resumeFromCheckpoint - Path of a checkpoint; `true` for the newest one of `outputDir`. The rest of the training
   *   is what it would have been.
   * @throws TransformersOptionError when there is no such checkpoint; what callbacks, the pipeline or TensorFlow.js throw; MissingPackageError without TensorFlow.js.
   */
  async train(options: { readonly resumeFromCheckpoint?: boolean | string } = {}): Promise<TrainOutput> {
    checkOptions('trainer.train', options, { resumeFromCheckpoint: true })
    const { resumeFromCheckpoint = false } = options
    const prepared = await this.#prepare()
    const session = this.#hasTrained ? this.#begin(prepared) : prepared
    this.#hasTrained = true
    if (resumeFromCheckpoint !== false) await loadCheckpoint(session, resumeFromCheckpoint)
    return runTraining(session)
  }

  /** Evaluates the head, and logs it under `eval/…` or another prefix. @returns metrics with their prefix: `eval_loss`, … */
  async evaluate(
    examples?: readonly LabelledExample[],
    { metricKeyPrefix = 'eval' }: { readonly metricKeyPrefix?: string } = {},
  ): Promise<Readonly<Record<string, number>>> {
    if (examples !== undefined) checkExamples('The list of examples', examples)
    const session = await this.#prepare()
    const set = examples === undefined ? session.evalSet : await this.#embed(session, examples)
    if (set === undefined) {
      throw new TransformersOptionError(
        'There are no examples to evaluate.',
        'Pass them, or evalDataset to the trainer.',
      )
    }
    return evaluateExamples(session, set, metricKeyPrefix)
  }

  /** Predicts examples, and logs the metrics under `test/…` or another prefix. */
  async predict(
    examples: readonly LabelledExample[],
    { metricKeyPrefix = 'test' }: { readonly metricKeyPrefix?: string } = {},
  ): Promise<PredictionOutput> {
    checkExamples('The list of examples', examples)
    const session = await this.#prepare()
    const output = await predictExamples(session, await this.#embed(session, examples), metricKeyPrefix)
    await fire(session, 'onPredict', { metrics: output.metrics })
    return output
  }

  /** The head as it is now, to be called like a pipeline. It shares its weights with the trainer. @throws TransformersOptionError before {@link train}. */
  get classifier(): Classifier {
    const session = this.#session
    if (session === undefined)
      throw new TransformersOptionError('There is no classifier yet.', 'Call await trainer.train() first.')
    return createClassifier(session.tf, session.head.model, session.config, session.embed)
  }

  /** Writes the head into a folder, which `loadClassifier` reads. Other files of the folder, such as checkpoints, stay. */
  async saveModel(folder: string = this.args.outputDir): Promise<void> {
    const { head, config } = await this.#prepare()
    await writeFiles(folder, await toHeadFiles(head.model, config))
  }

  /** Releases what the training needed; the classifier goes on. */
  dispose(): void {
    this.#session?.head.dispose()
  }

  #begin(session: TrainingSession): TrainingSession {
    const { tf, head, config, args } = session
    head.dispose()
    Object.assign(this.state, createTrainerState(args))
    const fresh = { ...session, head: createTfjsHead(tf, head.model, config, args) }
    this.#session = fresh
    this.#preparing = Promise.resolve(fresh)
    return fresh
  }

  #prepare(): Promise<TrainingSession> {
    this.#preparing ??= this.#openSession().catch((error: unknown) => {
      // What did not work once, such as fetching a model, may work the next time.
      this.#preparing = undefined
      throw error
    })
    return this.#preparing
  }

  async #openSession(): Promise<TrainingSession> {
    const { args, state, control } = this
    const options = this.#options
    const tf = await loadTensorFlow(options.tf, 'Trainer')
    const embed = toEmbed(options.embedder, options.embedOptions)
    const labels = findLabels(options.labels, options.trainDataset)
    const trainSet = await embedExamples(embed, options.trainDataset, labels)
    const evalSet = options.evalDataset && (await embedExamples(embed, options.evalDataset, labels))
    const { hiddenSizes = [], dropout = 0 } = options
    const config: HeadConfig = { labels, inputSize: trainSet.size, hiddenSizes, dropout }
    const model = createHeadModel(tf, config, args.seed)
    const head = createTfjsHead(tf, model, config, args)
    const { computeMetrics = defaultMetrics } = options
    const described = {
      parameterCount: model.countParams(),
      config: describeHead(config, options.embedder, trainSet, evalSet),
      toFiles: () => toHeadFiles(model, config),
    }
    const callbacks = this.#callbacks
    const nowMs = () => performance.now()
    const learningRate = this.#learningRate
    const parts = { tf, args, state, control, callbacks, config, head, learningRate, embed, trainSet, evalSet }
    const session: TrainingSession = { ...parts, model: described, computeMetrics, nowMs, pause: createYielder() }
    this.#reporting ??= await toReportCallbacks(options.reportTo, args.runName, this.#report)
    for (const callback of this.#reporting) this.#callbacks.add(callback)
    this.#session = session
    await fire(session, 'onInitEnd')
    return session
  }

  #embed({ embed, config }: TrainingSession, examples: readonly LabelledExample[]): Promise<EmbeddedExamples> {
    return embedExamples(embed, examples, config.labels)
  }
}

async function embedExamples(
  embed: TrainingSession['embed'],
  examples: readonly LabelledExample[],
  labels: readonly string[],
): Promise<EmbeddedExamples> {
  const classIds = toClassIds(examples, labels)
  const embeddings = await embedInputs(embed, examples.map(inputOf))
  return { ...embeddings, classIds, count: examples.length }
}

function describeHead(config: HeadConfig, embedder: Embedder, trainSet: EmbeddedExamples, evalSet?: EmbeddedExamples) {
  return {
    type: 'tfjs-head',
    labels: [...config.labels],
    input_size: config.inputSize,
    hidden_sizes: [...config.hiddenSizes],
    dropout: config.dropout,
    embedder: 'task' in embedder ? embedder.task : 'function',
    train_examples: trainSet.count,
    eval_examples: evalSet?.count ?? 0,
  }
}
