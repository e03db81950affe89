import { checkOptions, findRunProblem, type OptionNames, type RunLike } from '@lossline/core/adapter'
import { TransformersOptionError } from '../errors.ts'
import type { TransformersProblem } from '../problems.ts'
import type { Cells } from '../rows/row-part.ts'
import type { EnvironmentLike } from '../transformers-like.ts'
import type { ModelLoad } from './load-observer.ts'

/** One input of a call with its output, as `toRow` gets it. */
export interface CallRow {
  readonly task: string
  readonly input: unknown
  /** The pipeline's output for this input; of a call that failed, `undefined`. */
  readonly output: unknown
  /** The options of the call. */
  readonly options: Readonly<Record<string, unknown>>
  readonly latencyMs: number
  readonly error: unknown
}

/** What to log of a pipeline, and where to. */
export interface ReportOptions {
  /** Default: the run that is active when the pipeline is called; without one nothing is logged, and that is said once. */
  readonly run?: RunLike | undefined
  /** First part of all keys. Default: the pipeline's task. A second pipeline of the same name in a run gets `-2`. */
  readonly name?: string | undefined
  /** Id or path of the model, which pipelines do not remember. `pipeline` of `@lossline/transformers/pipeline` knows it. */
  readonly modelName?: string | undefined
  /**
   * Folder of the model on this machine: sizes and SHA-256 of its files go into the config, a little later. `pipeline` of
   * `@lossline/transformers/pipeline` finds it.
   */
  readonly modelFolder?: string | undefined
  /** The `env` of transformers.js, for its version and that of ONNX Runtime. */
  readonly env?: EnvironmentLike | undefined
  /** How the model was loaded: `createLoadObserver().load()`. */
  readonly load?: ModelLoad | undefined
  /** Takes every n-th input into the table. Default 1. */
  readonly every?: number | undefined
  /** Rows of the table at most; 0 for no table. Default 1000. */
  readonly maxRows?: number | undefined
  /** Whether the rows are a fair sample of all inputs instead of the first ones. Default false. */
  readonly reservoir?: boolean | undefined
  /** Of the fair sample. Default 0. */
  readonly seed?: number | undefined
  /** Calls that the percentiles leave out, because the first ones are slow. Default 1. */
  readonly warmupCalls?: number | undefined
  /** Whether inputs are logged, and outputs that repeat them. Default true. */
  readonly logInputs?: boolean | undefined
  /** Whether outputs are logged. Default true. */
  readonly logOutputs?: boolean | undefined
  /** Makes the columns of a row, in place of those of the task. `undefined` leaves the row out. */
  readonly toRow?: ((row: CallRow) => Cells | undefined) | undefined
  /** Gets each finished row before it is kept, and returns what may be logged of it; `undefined` leaves it out. */
  readonly redact?: ((row: Cells) => Cells | undefined) | undefined
  /** Gets each kind of problem once. Default: a line on `console.warn`. */
  readonly onProblem?: ((problem: TransformersProblem) => void) | undefined
}

const optionNames: OptionNames<ReportOptions> = {
  run: true,
  name: true,
  modelName: true,
  modelFolder: true,
  env: true,
  load: true,
  every: true,
  maxRows: true,
  reservoir: true,
  seed: true,
  warmupCalls: true,
  logInputs: true,
  logOutputs: true,
  toRow: true,
  redact: true,
  onProblem: true,
}

/** {@link ReportOptions} with their defaults. */
export interface ParsedReportOptions extends ReportOptions {
  readonly every: number
  readonly maxRows: number
  readonly reservoir: boolean
  readonly warmupCalls: number
  readonly logInputs: boolean
  readonly logOutputs: boolean
}

/** @throws TransformersOptionError, or core's `InvalidOptionError` for a name that is no option. */
export function parseReportOptions(options: ReportOptions): ParsedReportOptions {
  checkOptions('reportTo', options, optionNames)
  const { every = 1, maxRows = 1000, warmupCalls = 1 } = options
  requireWhole('every', every, 1)
  requireWhole('maxRows', maxRows, 0)
  requireWhole('warmupCalls', warmupCalls, 0)
  if (options.name !== undefined && (typeof options.name !== 'string' || options.name === '')) {
    throw new TransformersOptionError(
      'The option name is no text.',
      "Pass the first part of the keys, such as 'reviews'.",
    )
  }
  const runProblem = findRunProblem(options.run)
  if (runProblem !== undefined) throw new TransformersOptionError(runProblem.message, runProblem.hint)
  if (options.load !== undefined && typeof options.load?.fileBytes !== 'object') {
    throw new TransformersOptionError('The option load is no loading.', 'Pass createLoadObserver(…).load().')
  }
  const { reservoir = false, logInputs = true, logOutputs = true } = options
  return { ...options, every, maxRows, warmupCalls, reservoir, logInputs, logOutputs }
}

function requireWhole(option: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new TransformersOptionError(`The option ${option} is ${value}.`, `Pass a whole number of at least ${least}.`)
}
