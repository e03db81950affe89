import type { Run } from '@lossline/core'
import { checkOptions, findRunProblem, type OptionNames, type Problem } from '@lossline/core/adapter'
import { EvaluationError, invalidOption, requireInteger } from '../errors.ts'
import type { EvaluationRow, EvaluationTask } from '../tasks/evaluation-task.ts'
import type { EvaluationBaseline } from './evaluation-result.ts'

/** Codes of the problems that an evaluation tells; `docs/errors.md` lists them. */
export type EvaluationProblemCode =
  | 'evaluation-baseline'
  | 'evaluation-column'
  | 'evaluation-inputs'
  | 'evaluation-no-run'
  | 'evaluation-not-logged'
  | 'evaluation-scores'

/** What an evaluation is made with. */
export interface EvaluationLoggerOptions<Row extends EvaluationRow = EvaluationRow, Details = unknown> {
  /** What kind of model it is, such as `classification({ labels })`. */
  readonly task: EvaluationTask<Row, Details>
  /** Where it is logged. Default: the active run when the evaluation finishes. Without a run it is computed only. */
  readonly run?: Run | undefined
  /** What stands before the keys: `<name>/accuracy`. Default `'eval'`. */
  readonly name?: string | undefined
  /** Step of the row of the history. Default: the run's next one. */
  readonly step?: number | undefined
  /** Rows of the table of predictions; of more rows a fair sample is shown. Default 10,000, which is what a run shows. */
  readonly maxRows?: number | undefined
  /** Rows of the tables of the worst and of the surest wrong ones. Default 25. */
  readonly worstCount?: number | undefined
  /**
   * Rows whose records are kept, for intervals, for comparisons and to find an id that comes twice. Of more rows a fair
   * sample is. Default 200,000.
   */
  readonly maxRecords?: number | undefined
  /**
   * Megabytes for scores that a metric needs all at once; of more a fair sample is kept, which `basis` tells. Four times as many
   * for what tables show: of rows beyond, values of more than a kilobyte are left out, but for the worst and the surest wrong
   * ones. Default 64.
   */
  readonly keptMegabytes?: number | undefined
  /** Seed of samples and draws. Default 0. */
  readonly seed?: number | undefined
  /** First rows whose latency does not count. Default 0. */
  readonly warmUpCount?: number | undefined
  /** Share of the bootstrap intervals that hold the true value; `false`: none are computed. Default 0.95. */
  readonly confidence?: number | false | undefined
  /** An earlier evaluation of the same task: a result, or what `readEvaluation` gives. Rows are joined by their ids. */
  readonly baseline?: EvaluationBaseline | undefined
  /**
   * Whether the records become an artifact of the type `evaluation`, so that another run can be compared with this one. A text
   * is its name. Default `true`: it is called `evaluation-<name>`.
   */
  readonly artifact?: boolean | string | undefined
  /** Is told of what keeps something from being logged. Default: a line on `console.warn`, once for each kind. */
  readonly onProblem?: ((problem: Problem<EvaluationProblemCode>) => void) | undefined
}

/** Names of {@link EvaluationLoggerOptions}, for those who take them beside options of their own. */
export const evaluationOptionNames: OptionNames<EvaluationLoggerOptions> = {
  task: true,
  run: true,
  name: true,
  step: true,
  maxRows: true,
  worstCount: true,
  maxRecords: true,
  keptMegabytes: true,
  seed: true,
  warmUpCount: true,
  confidence: true,
  baseline: true,
  artifact: true,
  onProblem: true,
}

/** What an artifact takes of a table, of which a run shows 10,000. */
const tableRowsMax = 200_000

/** Options with their defaults. */
export interface EvaluationSettings {
  readonly run: Run | undefined
  readonly name: string
  readonly step: number | undefined
  readonly maxRows: number
  readonly worstCount: number
  readonly maxRecords: number
  readonly keptBytesMax: number
  readonly tableBytesMax: number
  readonly seed: number
  readonly warmUpCount: number
  readonly confidence: number | undefined
  readonly baseline: EvaluationBaseline | undefined
  /** Name of the artifact, if there shall be one. */
  readonly artifact: string | undefined
}

/** @throws EvaluationError `evaluation-option` for what an option cannot be; as `checkOptions` for options that there are not. */
export function readEvaluationOptions<Row extends EvaluationRow>(
  options: EvaluationLoggerOptions<Row>,
): EvaluationSettings {
  checkOptions('new EvaluationLogger', options, evaluationOptionNames as OptionNames<EvaluationLoggerOptions<Row>>)
  const { name = 'eval', maxRows = 10_000, worstCount = 25, maxRecords = 200_000, keptMegabytes = 64 } = options
  const { seed = 0, warmUpCount = 0, confidence = 0.95, artifact = true, baseline, task } = options
  if (typeof task?.open !== 'function')
    throw invalidOption('task is no task', 'Pass classification({ labels }) or the like.')
  const runProblem = findRunProblem(options.run)
  if (runProblem !== undefined) throw new EvaluationError({ code: 'evaluation-option', ...runProblem })
  if (typeof name !== 'string' || name === '')
    throw invalidOption('name is no text', "Pass what stands before the keys, such as 'eval'.")
  for (const [option, value] of Object.entries({ maxRows, worstCount, maxRecords, warmUpCount })) {
    requireInteger(option, value, 0)
  }
  if (!(keptMegabytes > 0)) throw invalidOption(`keptMegabytes is ${keptMegabytes}`, 'Pass a number above 0.')
  if (Math.max(maxRows, worstCount) > tableRowsMax) {
    throw invalidOption(`maxRows or worstCount is above ${tableRowsMax}`, 'Tables of runs have no more rows.')
  }
  if (confidence !== false && !(confidence > 0 && confidence < 1)) {
    throw invalidOption(`confidence is ${confidence}`, 'Pass a number between 0 and 1, such as 0.95, or false.')
  }
  if (baseline !== undefined && baseline.records === undefined) {
    throw invalidOption('baseline holds no records', 'Pass the result of an evaluation, or what readEvaluation gives.')
  }
  return {
    run: options.run,
    name,
    step: options.step,
    maxRows,
    worstCount,
    maxRecords,
    keptBytesMax: Math.floor(keptMegabytes * 2 ** 20),
    tableBytesMax: Math.floor(keptMegabytes * 4 * 2 ** 20),
    seed,
    warmUpCount,
    confidence: confidence === false ? undefined : confidence,
    baseline,
    artifact: artifact === true ? `evaluation-${name}` : artifact === false ? undefined : artifact,
  }
}
