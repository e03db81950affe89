import {
  checkOptions,
  createYielder,
  describeValue,
  findRunProblem,
  isAnyIterable,
  type OptionNames,
  withoutUndefined,
} from '@lossline/core/adapter'
import {
  EvaluationLogger,
  type EvaluationLoggerOptions,
  type EvaluationResult,
  type EvaluationRow,
  type EvaluationTask,
  evaluationOptionNames,
} from '@lossline/evaluation'
import { TransformersOptionError } from '../errors.ts'
import { splitOutput, toCallParts } from '../pipelines/call-parts.ts'
import { samplingRateOf } from '../pipelines/sampling-rate.ts'
import { taskTraitsOf } from '../pipelines/task-traits.ts'
import { inputColumns } from '../rows/input-columns.ts'
import { isRecord, type PipelineLike } from '../transformers-like.ts'
import { checkExample, type ExampleInput, exampleHint, inputOf } from './example-input.ts'
import { type PipelineJudge, pipelineJudgeOf } from './pipeline-judges.ts'

/** One example with what is right about it. */
export interface EvaluationExample extends ExampleInput, Pick<EvaluationRow, 'id' | 'columns'> {
  /** What the pipeline takes after it: the context of a question, the labels of zero-shot classification. */
  readonly extraInput?: unknown
  /** What is right, as the evaluation's task wants it: a class, a text, … */
  readonly label: unknown
}

/** What is evaluated, and what is logged of it. */
export interface EvaluatePipelineOptions extends Omit<EvaluationLoggerOptions, 'task'> {
  readonly data: Iterable<EvaluationExample> | AsyncIterable<EvaluationExample>
  /** How rows are judged, a task of `@lossline/evaluation`. Default: by the pipeline's task, `classification` for classifiers and so on. */
  // Tasks take rows of their own, which the decoder and the examples make together.
  readonly task?: EvaluationTask<never> | undefined
  /**
   * The classes, in the order of the scores. Default: those of the model, or for zero-shot classification the candidates of the
   * first example.
   */
  readonly labels?: readonly string[] | undefined
  /** Examples of one call. Default 1, so that the latencies are those of single examples. */
  readonly batchSize?: number | undefined
  /** Options of the calls, such as `{ max_new_tokens: 32 }`. */
  readonly pipelineOptions?: Readonly<Record<string, unknown>> | undefined
  /** Makes a row's `prediction`, `scores` and so on, in place of what is read from outputs of the pipeline's task. */
  readonly decode?: ((output: unknown, example: EvaluationExample) => Readonly<Record<string, unknown>>) | undefined
  /** Whether inputs get into the tables. Default true. */
  readonly logInputs?: boolean | undefined
  /** Stops between two calls. */
  readonly signal?: AbortSignal | undefined
}

const optionNames: OptionNames<EvaluatePipelineOptions> = {
  ...evaluationOptionNames,
  data: true,
  labels: true,
  batchSize: true,
  pipelineOptions: true,
  decode: true,
  logInputs: true,
  signal: true,
}

/**
 * Evaluates a pipeline on examples with the `EvaluationLogger` of `@lossline/evaluation`: metrics with intervals, confusion matrix
 * and curves, tables of all, of the worst and of the surest wrong predictions, latencies, a comparison with an earlier evaluation.
 *
 * @param pipe - A pipeline of transformers.js, or the classifier of a trainer.
 * @returns the evaluation; it is logged to the run under `<name>/…` too, if there is one.
 * @throws TransformersOptionError for a pipeline that it does not know how to judge; `EvaluationError` for labels that cannot be;
 *   what the pipeline throws, and the signal's reason.
 * @example const { metrics } = await evaluatePipeline(classify, { run, name: 'test', data: [{ text: 'It crashes', label: 'bug' }] })
 */
export async function evaluatePipeline(pipe: object, options: EvaluatePipelineOptions): Promise<EvaluationResult> {
  checkOptions('evaluatePipeline', options, optionNames)
  checkData(options?.data)
  const runProblem = findRunProblem(options.run)
  if (runProblem !== undefined) throw new TransformersOptionError(runProblem.message, runProblem.hint)
  const {
    data,
    task,
    labels,
    batchSize = 1,
    pipelineOptions,
    decode,
    logInputs = true,
    signal,
    ...loggerOptions
  } = options
  if (!isCallablePipeline(pipe)) {
    throw new TransformersOptionError(
      `evaluatePipeline was given ${describeValue(pipe)}, not a pipeline.`,
      'Pass await pipeline(task, model).',
    )
  }
  if (!(Number.isSafeInteger(batchSize) && batchSize >= 1)) {
    throw new TransformersOptionError(`The option batchSize is ${batchSize}.`, 'Pass a whole number of at least 1.')
  }
  const judge = judgeOf(pipe.task, task !== undefined && decode !== undefined)
  const callOptions = { ...judge?.callOptions, ...pipelineOptions }
  const pause = createYielder()
  let evaluation: EvaluationLogger | undefined
  let classes = labels

  for await (const batch of batchesOf(data, batchSize)) {
    signal?.throwIfAborted()
    classes ??= classesOf(pipe, batch[0]?.extraInput)
    const names = classes
    // Tasks of all kinds take what examples and outputs make together.
    evaluation ??= new EvaluationLogger({ ...loggerOptions, task: (task ?? judge?.task(names)) as EvaluationTask })
    const read = (output: unknown, example: EvaluationExample) => {
      const { label } = example
      if (decode !== undefined) return decode(output, example)
      return judge?.read({ output, input: inputOf(example), label, labels: names, options: callOptions }) ?? {}
    }
    await evaluateBatch(pipe, batch, { evaluation, read, callOptions, logInputs })
    await pause()
  }
  if (evaluation !== undefined) return evaluation.finish()
  throw new TransformersOptionError('There are no examples.', 'Pass at least one as data.')
}

/** What the examples of a batch are evaluated with. */
interface BatchEvaluation {
  readonly evaluation: EvaluationLogger
  readonly read: (output: unknown, example: EvaluationExample) => Readonly<Record<string, unknown>>
  readonly callOptions: Readonly<Record<string, unknown>>
  readonly logInputs: boolean
}

async function evaluateBatch(
  pipe: CallablePipeline,
  batch: readonly EvaluationExample[],
  { evaluation, read, callOptions, logInputs }: BatchEvaluation,
): Promise<void> {
  const args = toArguments(pipe.task, batch, callOptions)
  const startedAtMs = performance.now()
  const result = await pipe(...args)
  const latencyMs = (performance.now() - startedAtMs) / batch.length
  const outputs = splitOutput(pipe.task, result, toCallParts(pipe.task, args))
  for (const [index, example] of batch.entries()) {
    const { image, tokens, ...said } = read(outputs[index], example)
    const { id, columns, label } = example
    // Images with boxes over them are made by the evaluation's task.
    const inputs = logInputs && image === undefined ? () => inputColumns(partOf(pipe, example, callOptions)) : {}
    const shown = logInputs ? withoutUndefined({ image, tokens }) : {}
    // More than every row has: the rest is what the task wants.
    const row = { latencyMs, inputs, label, ...said, ...shown, ...withoutUndefined({ id, columns }) }
    evaluation.log(row)
  }
}

async function* batchesOf(
  data: EvaluatePipelineOptions['data'],
  batchSize: number,
): AsyncGenerator<EvaluationExample[]> {
  let batch: EvaluationExample[] = []
  for await (const example of data) {
    checkExample('An example of data', example)
    batch.push(example)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

function checkData(data: unknown): void {
  if (isAnyIterable(data)) return
  throw new TransformersOptionError(`The option data is ${describeValue(data)}.`, exampleHint)
}

function toArguments(task: string, batch: readonly EvaluationExample[], settings: object): unknown[] {
  const [first] = batch
  const isBatch = batch.length > 1
  const input = isBatch ? batch.map(inputOf) : first && inputOf(first)
  if (taskTraitsOf(task).optionsIndex === 1) return [input, settings]
  // Contexts belong to their questions; candidates are the same for all.
  const isPerExample = isBatch && task === 'question-answering'
  if (!isPerExample && new Set(batch.map(({ extraInput }) => JSON.stringify(extraInput))).size > 1) {
    throw new TransformersOptionError(
      `The examples of a batch for ${task} have several extraInputs, and one call takes one.`,
      'Leave out batchSize, or give all examples the same one.',
    )
  }
  return [input, isPerExample ? batch.map(({ extraInput }) => extraInput) : first?.extraInput, settings]
}

function partOf(pipe: PipelineLike, example: EvaluationExample, options: Readonly<Record<string, unknown>>) {
  const { extraInput } = example
  const shared = {
    task: pipe.task,
    options,
    samplingRate: samplingRateOf(pipe),
    sequence: undefined,
    output: undefined,
  }
  return { ...shared, input: inputOf(example), extraInput }
}

function classesOf({ model }: PipelineLike, candidates: unknown): readonly string[] {
  if (Array.isArray(candidates)) return candidates.map(String)
  const names = model?.config?.id2label
  return isRecord(names) ? Object.values(names).map(String) : []
}

function judgeOf(task: string, isToldAll: boolean): PipelineJudge | undefined {
  const judge = pipelineJudgeOf(task)
  if (judge !== undefined || isToldAll) return judge
  throw new TransformersOptionError(
    `evaluatePipeline does not know how to judge ${task}.`,
    'Pass a task of @lossline/evaluation, and decode: (output, example) => ({ prediction }).',
  )
}

type CallablePipeline = PipelineLike & ((...args: unknown[]) => Promise<unknown>)

function isCallablePipeline(pipe: object): pipe is CallablePipeline {
  return typeof pipe === 'function' && 'task' in pipe && typeof pipe.task === 'string'
}
