import type { OptionNames } from '@lossline/core/adapter'
import { type CommonOptions, commonOptionNames, parseCount } from '../callbacks/callback-options.ts'
import { TfjsOptionError } from '../errors.ts'
import type { ImagesFromTensorOptions } from '../media/image-from-tensor.ts'
import type { DatasetLike, ShapedTensorLike } from '../tensorflow-like.ts'
import type { ExampleSource } from './example-source.ts'
import type { OutputTask } from './output-task.ts'

/** Examples that a model is shown after each epoch. The tensors are only read. */
export interface EvaluationExamples {
  /** Input of the model, or one for each of its inputs: the first axis is the examples. */
  readonly inputs: ShapedTensorLike | readonly ShapedTensorLike[]
  /** What is right, or one for each output: as for `fit`, one-hot or indices of classes, or numbers. */
  readonly labels?: ShapedTensorLike | readonly ShapedTensorLike[] | undefined
}

/** What goes into the tables of predictions. */
export interface EvaluationOptions {
  /**
   * The examples, such as the validation data: `[inputs, labels]` as for `fit`, or by name; or a data set of batches `{ xs, ys }` as for
   * `fitDataset`, which is read once a training.
   */
  readonly data:
    | EvaluationExamples
    | DatasetLike
    | readonly [inputs: EvaluationExamples['inputs'], labels: EvaluationExamples['labels']]
  /** Names of the classes, by their index. Default: the indices. */
  readonly classNames?: readonly string[] | undefined
  /** What the model predicts. Default: guessed from the activation of its output layer and from the loss. */
  readonly task?: OutputTask | undefined
  /** Section of the keys. Default: `validation`. */
  readonly name?: string | undefined
  /** Shows the model the examples every n-th epoch. Default: 1. */
  readonly everyEpochs?: number | undefined
  /** How many of the examples are shown, from the first on. Default: 100. */
  readonly maxRows?: number | undefined
  /**
   * Whether the first input is shown as images, and how. Default: it is, if it has the shape
   * `[examples, height, width, channels]` with 1, 3 or 4 channels.
   */
  readonly images?: boolean | Omit<ImagesFromTensorOptions, 'count' | 'captionOf' | 'caption'> | undefined
  /** More columns of an example, by its index in the data. */
  readonly columns?: ((index: number) => Readonly<Record<string, unknown>>) | undefined
  /** Which output of the model is shown. Default: 0, the first. */
  readonly output?: number | undefined
  /** Examples that the model is shown at once. Default: 32. */
  readonly batchSize?: number | undefined
}

/** Options of `evaluationTable`. */
export interface EvaluationTableOptions extends CommonOptions, EvaluationOptions {}

export const evaluationOptionNames: OptionNames<EvaluationOptions> = {
  data: true,
  classNames: true,
  task: true,
  name: true,
  everyEpochs: true,
  maxRows: true,
  images: true,
  columns: true,
  output: true,
  batchSize: true,
}

export const evaluationTableOptionNames: OptionNames<EvaluationTableOptions> & { readonly tf: true } = {
  ...commonOptionNames,
  ...evaluationOptionNames,
}

const tasks: readonly unknown[] = ['classification', 'binary', 'multi-label', 'regression']

/** The options, checked, with their defaults. */
export interface ParsedEvaluationOptions extends EvaluationOptions {
  readonly source: ExampleSource
  readonly name: string
  readonly everyEpochs: number
  readonly maxRows: number
  readonly output: number
  readonly batchSize: number
}

/** @throws {@link TfjsOptionError} */
export function parseEvaluationOptions(options: EvaluationOptions): ParsedEvaluationOptions {
  const { task } = options
  if (task !== undefined && !tasks.includes(task)) {
    throw new TfjsOptionError(`The option task is ${JSON.stringify(task)}.`, `Pass one of ${tasks.join(', ')}.`)
  }
  const { classNames } = options
  if (
    classNames !== undefined &&
    !(Array.isArray(classNames) && classNames.every((name) => typeof name === 'string'))
  ) {
    throw new TfjsOptionError(
      'The option classNames is no list of texts.',
      "Pass a name for each class: ['cat', 'dog'].",
    )
  }
  return {
    ...options,
    source: parseData(options.data),
    name: options.name ?? 'validation',
    everyEpochs: parseCount('everyEpochs', options.everyEpochs) ?? 1,
    maxRows: parseCount('maxRows', options.maxRows) ?? 100,
    output: options.output ?? 0,
    batchSize: parseCount('batchSize', options.batchSize) ?? 32,
  }
}

function parseData(data: EvaluationOptions['data'] | undefined): ExampleSource {
  if (isDataset(data)) return { kind: 'dataset', dataset: data }
  const examples = Array.isArray(data) ? { inputs: data[0], labels: data[1] } : data
  const { inputs, labels }: Partial<EvaluationExamples> = (examples as EvaluationExamples | undefined) ?? {}
  const [tensors, truths] = [toList(inputs), toList(labels)]
  const count = tensors[0]?.shape?.[0]
  if (count !== undefined && [...tensors, ...truths].every(({ shape }) => shape?.[0] === count)) {
    return { kind: 'tensors', inputs: tensors, truths, count }
  }
  throw new TfjsOptionError(
    'The option data holds no tensors with the same number of examples.',
    'Pass data: [inputs, labels], as the validationData of fit, or a data set, as that of fitDataset.',
  )
}

function isDataset(data: unknown): data is DatasetLike {
  return typeof data === 'object' && data !== null && 'iterator' in data && typeof data.iterator === 'function'
}

function toList(tensors: EvaluationExamples['inputs'] | undefined): readonly ShapedTensorLike[] {
  if (tensors === undefined) return []
  return Array.isArray(tensors) ? (tensors as readonly ShapedTensorLike[]) : [tensors as ShapedTensorLike]
}
