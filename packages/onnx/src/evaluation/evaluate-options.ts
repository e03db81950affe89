import { checkOptions, describeValue, findRunProblem, isAnyIterable, type OptionNames } from '@lossline/core/adapter'
import {
  type EvaluationLoggerOptions,
  type EvaluationRow,
  evaluationOptionNames,
  type RowColumns,
  type RowId,
} from '@lossline/evaluation'
import { OnnxOptionError } from '../errors.ts'
import type { SessionLike, Tensors } from '../onnx-like.ts'
import type { Outputs } from '../tensors/split-outputs.ts'

/** How far an evaluation is. */
export interface EvaluationProgress {
  readonly rowCount: number
  /** Of data that say how many they are (arrays, sets) or have a `limit`. */
  readonly totalCount: number | undefined
  readonly elapsedMs: number
}

/** What a model says of an example, and what is right: a row without what `evaluate` adds itself. */
export type DecodedRow<Row extends EvaluationRow> = Omit<Row, 'id' | 'inputs' | 'columns' | 'latencyMs'>

/** What is evaluated, how, and what is logged of it. */
export interface EvaluateOptions<Example, Row extends EvaluationRow = EvaluationRow, Details = unknown>
  extends Omit<EvaluationLoggerOptions<Row, Details>, 'warmUpCount'> {
  readonly session: SessionLike
  readonly data: Iterable<Example> | AsyncIterable<Example>
  /**
   * What the session is given for an example, as if it were alone: each tensor begins with a dimension of 1. The tensors may be
   * made of the same memory each time.
   */
  readonly feeds: (example: Example) => Tensors | Promise<Tensors>
  /** What the task wants of an example: `({ logits }, { label }) => ({ label, scores: logits.numbers })`. */
  readonly decode: (outputs: Outputs, example: Example) => DecodedRow<Row> | Promise<DecodedRow<Row>>
  /** Names an example. Default: its number, from 0. Comparisons join rows by it. */
  readonly id?: ((example: Example) => RowId) | undefined
  /** Columns with what the model was given: `({ pixels }) => ({ image: new Image(…) })`. Called for rows that tables show. */
  readonly inputs?: ((example: Example) => Readonly<Record<string, unknown>>) | undefined
  /** Further columns. Called for rows that tables show. */
  readonly columns?: ((example: Example) => Readonly<Record<string, unknown>>) | undefined
  /**
   * Examples of one call. Default 1, so that latencies are those of single examples, or what the model's fixed first dimension
   * says. The last batch, and one before an example of another shape, may have fewer.
   */
  readonly batchSize?: number | undefined
  /** Calls with the first batch before anything is measured. Default 2. */
  readonly warmUpRuns?: number | undefined
  /** Examples that are evaluated at most. Default: all. */
  readonly limit?: number | undefined
  /** Stops between two calls. Nothing is logged then. */
  readonly signal?: AbortSignal | undefined
  /** Is told after calls, at most ten times a second, and at the end. */
  readonly onProgress?: ((progress: EvaluationProgress) => void) | undefined
}

// What warms up is a call here, not a row.
const { warmUpCount: _warmUpCount, ...loggerOptionNames } = evaluationOptionNames

const optionNames: OptionNames<EvaluateOptions<unknown>> = {
  ...loggerOptionNames,
  session: true,
  data: true,
  feeds: true,
  decode: true,
  id: true,
  inputs: true,
  columns: true,
  batchSize: true,
  warmUpRuns: true,
  limit: true,
  signal: true,
  onProgress: true,
}

/** @throws InvalidOptionError of core for an option that there is not; OnnxOptionError for a value that cannot be. */
export function checkEvaluateOptions<Example, Row extends EvaluationRow, Details>(
  options: EvaluateOptions<Example, Row, Details>,
): void {
  if (options === undefined) {
    throw new OnnxOptionError('evaluate was called without options.', 'Pass { session, data, feeds, decode, task }.')
  }
  checkOptions('evaluate', options, optionNames as OptionNames<EvaluateOptions<Example, Row, Details>>)
  const { session, data, feeds, decode, batchSize, limit, warmUpRuns } = options
  if (typeof session?.run !== 'function') {
    throw new OnnxOptionError(
      `The option session is ${describeValue(session)}, which is no session.`,
      'Pass await InferenceSession.create(path).',
    )
  }
  const runProblem = findRunProblem(options.run)
  if (runProblem !== undefined) throw new OnnxOptionError(runProblem.message, runProblem.hint)
  const { id, inputs, columns, onProgress } = options
  for (const [name, value] of Object.entries({ feeds, decode, id, inputs, columns, onProgress })) {
    const isNeeded = name === 'feeds' || name === 'decode'
    if (typeof value === 'function' || (value === undefined && !isNeeded)) continue
    throw new OnnxOptionError(
      `The option ${name} is ${describeValue(value)}, not a function.`,
      functionHints[name] ?? '',
    )
  }
  if (!isAnyIterable(data)) throw new OnnxOptionError('The option data is no list of examples.', 'Pass an array.')
  for (const [name, value, least] of [
    ['batchSize', batchSize, 1],
    ['limit', limit, 1],
    ['warmUpRuns', warmUpRuns, 0],
  ] as const) {
    if (value === undefined || (Number.isSafeInteger(value) && value >= least)) continue
    throw new OnnxOptionError(`The option ${name} is ${value}.`, `Pass a whole number of at least ${least}.`)
  }
}

const functionHints: Readonly<Record<string, string>> = {
  feeds: "Pass one: (example) => ({ image: new ort.Tensor('float32', …) }).",
  decode: 'Pass one: (outputs, example) => ({ label, scores }).',
  id: 'Pass one: (example) => example.name.',
  inputs: 'Pass one that gives columns: (example) => ({ image: new Image(…) }).',
  columns: 'Pass one that gives columns: (example) => ({ source: example.source }).',
  onProgress: 'Pass one: ({ rowCount, totalCount }) => …',
}

/** The columns of an example, made only when a table shows it. */
export function columnsOf<Example>(
  make: ((example: Example) => Readonly<Record<string, unknown>>) | undefined,
  example: Example,
): RowColumns | undefined {
  return make === undefined ? undefined : () => make(example)
}
