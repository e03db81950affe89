import type { EvaluationComparison } from './baseline-comparison.ts'
import type { MetricInterval } from './metric-intervals.ts'
import type { EvaluationRecords } from './row-records.ts'

/** Rows of a table, each an object by column. */
export type TableRows = readonly Readonly<Record<string, unknown>>[]

/** What another evaluation needs to be compared with this one: a result, or what `readEvaluation` gives. */
export interface EvaluationBaseline {
  readonly name: string
  /** The kind of its task, such as `'classification'`. */
  readonly task: string
  readonly rowCount: number
  readonly metrics: Readonly<Record<string, number>>
  readonly records: EvaluationRecords
}

/** What came out of an evaluation. */
export interface EvaluationResult<Details = unknown> extends EvaluationBaseline {
  /** Numbers by name, as they are logged below the evaluation's name. NaN for what is undefined, such as an area of one class. */
  readonly metrics: Readonly<Record<string, number>>
  /** Rows that a metric rests on, for those that do not rest on all of them: such as areas under curves of very many rows. */
  readonly basis: Readonly<Record<string, number>>
  /** Bootstrap intervals by metric, of those that follow from records of the rows. */
  readonly intervals: Readonly<Record<string, MetricInterval>>
  /** What is particular to the task. */
  readonly details: Details
  readonly tables: {
    /** All rows up to `maxRows`, and a fair sample beyond. */
    readonly predictions: TableRows
    /** The rows with the highest loss or error, the worst first. */
    readonly worst: TableRows
    /** Wrong rows of which the model was surest, the surest first. */
    readonly confidentWrong: TableRows
    /** Tables of the task, such as `per_class`. */
    readonly [name: string]: TableRows
  }
  /** With a baseline of the same task. */
  readonly comparison: EvaluationComparison | undefined
  /** What is a sample, and what was left out and why, in sentences. */
  readonly notes: readonly string[]
}
