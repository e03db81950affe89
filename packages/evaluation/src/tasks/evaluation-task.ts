/** Names a row: the same row has the same id in another evaluation. `7` and `'7'` are the same. */
export type RowId = string | number

/** Values of columns by name, or a function that makes them, which is called only for rows that get into a table. */
export type RowColumns = Readonly<Record<string, unknown>> | (() => Readonly<Record<string, unknown>>)

/** What every row may have, whatever the task. */
export interface EvaluationRow {
  /** Default: the number of rows logged before. A comparison with a baseline joins rows by it. */
  readonly id?: RowId | undefined
  /** Columns of the tables with what the model was given: a text, an `Image`. Copied. */
  readonly inputs?: RowColumns | undefined
  /** Further columns of the tables, such as the split or the source of the row. Copied. */
  readonly columns?: RowColumns | undefined
  /** How long the model took for the row, in milliseconds. */
  readonly latencyMs?: number | undefined
}

/** A kind of model and of what it says: how rows are checked, counted, shown and judged. */
export interface EvaluationTask<Row extends EvaluationRow = EvaluationRow, Details = unknown> {
  /** Such as `'classification'`. */
  readonly kind: string
  /** Begins an evaluation. */
  open(options: OpenTaskOptions): TaskCounter<Row, Details>
}

/** What an evaluation tells its task. */
export interface OpenTaskOptions {
  /** Seed of samples. */
  readonly seed: number
  /** Bytes that the task may keep of values that a metric needs all at once. */
  readonly keptBytesMax: number
}

/** One evaluation of a task. */
export interface TaskCounter<Row extends EvaluationRow = EvaluationRow, Details = unknown> {
  /** What {@link Judgement.record} holds, in this order. */
  readonly recordColumns: readonly string[]
  /** What {@link measure} returns, in this order. */
  readonly measuredMetrics: readonly string[]
  /**
   * Checks a row and judges it, without counting it.
   *
   * @throws EvaluationError for a row that is none of this task.
   */
  judge(row: Row): Judgement
  /** Metrics of some of the rows: of drawn ones, and of those that a baseline has too. */
  measure(records: RecordColumns, rows: Uint32Array): readonly number[]
  /**
   * Columns that show what a baseline said of a row. Default: none.
   *
   * @param meaning - What {@link recordsMeaning} of the baseline said.
   */
  describeRecord?(record: readonly number[], meaning: string): Readonly<Record<string, unknown>>
  /**
   * Records of another meaning in the meaning of this evaluation; `undefined` where they have none. Default: there are none.
   *
   * @param meaning - Of the records that are given.
   */
  translateRecords?(records: RecordColumns, meaning: string): RecordColumns | undefined
  /** What the columns of the records mean: only records of the same meaning can be measured together. */
  recordsMeaning(): string
  /** Metrics, tables and charts of what was counted; no row comes after. Long work gives others their turn. */
  report(): TaskReport<Details> | Promise<TaskReport<Details>>
}

/** The columns of {@link TaskCounter.recordColumns}, each with one value a row. */
export type RecordColumns = readonly Float64Array[]

/** What a task says of one row. */
export interface Judgement {
  /** `undefined` where a row is neither right nor wrong, such as in regression. */
  readonly isCorrect: boolean | undefined
  /** The higher, the worse; 0 is perfect. NaN is the worst. */
  readonly badness: number
  /** How sure the model was, such as the probability of its prediction. `undefined` if it does not say. */
  readonly confidence: number | undefined
  /** The values that are kept of the row. */
  readonly record: readonly number[]
  /** Adds the row to all counts. */
  count(): void
  /** Columns of the tables with label, prediction and the like. Called only for rows that get into a table. */
  cells(): Readonly<Record<string, unknown>>
}

/** What comes out of a task. */
export interface TaskReport<Details = unknown> {
  /** By name, as in scikit-learn where that has it: `accuracy`, `f1_macro`. */
  readonly metrics: Readonly<Record<string, number>>
  /** Rows that a metric rests on, for those that do not rest on all. */
  readonly basis: Readonly<Record<string, number>>
  /** What is particular to the task: the confusion matrix, curves. */
  readonly details: Details
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
  readonly charts: Readonly<Record<string, ChartParts>>
  readonly histograms?: Readonly<Record<string, HistogramParts>> | undefined
  /** What was left out, in sentences. */
  readonly notes: readonly string[]
  /** What looks like wrong use, and what to do; told, and noted too. */
  readonly doubt?: { readonly message: string; readonly hint: string } | undefined
  /** For intervals of metrics that need more of a row than its record. Called only where intervals are wanted. */
  readonly resampling?: (() => Promise<Resampling>) | undefined
}

/** Measures metrics again for rows that are drawn, of those that are kept. */
export interface Resampling {
  /** What {@link measure} returns, in this order: names of metrics. */
  readonly names: readonly string[]
  /** Rows that can be drawn, numbered from 0. */
  readonly rowCount: number
  /** Rows that the metrics rest on: as many, or more, of which those are a fair sample. */
  readonly wholeCount: number
  /** How many numbers are read for a drawn row, roughly. */
  readonly numbersPerRow: number
  measure(rows: Uint32Array): readonly number[]
}

/** Numbers counted into bins. */
export interface HistogramParts {
  readonly counts: readonly number[]
  /** One more than there are bins. */
  readonly edges: readonly number[]
}

/** A chart by one of W&B's presets: made without knowing how it is logged. */
export interface ChartParts {
  /** Such as `'wandb/confusion_matrix/v1'`. */
  readonly preset: string
  readonly columns: Readonly<Record<string, ArrayLike<unknown>>>
  /** For each field of the preset the column it shows. */
  readonly fields: Readonly<Record<string, string | null>>
  readonly texts: Readonly<Record<string, string>>
}
