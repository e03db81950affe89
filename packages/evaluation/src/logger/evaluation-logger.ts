import { activeRun, type Run } from '@lossline/core'
import { createProblemReporter, messageOf, type ReportProblem } from '@lossline/core/adapter'
import { EvaluationError } from '../errors.ts'
import { basisOf } from '../tasks/basis-of.ts'
import { describe, invalidRow } from '../tasks/check-row.ts'
import type { EvaluationRow, RowId, TaskCounter, TaskReport } from '../tasks/evaluation-task.ts'
import {
  type BaselineRows,
  createBaselineRows,
  type EvaluationComparison,
  metricDeltas,
} from './baseline-comparison.ts'
import {
  type EvaluationLoggerOptions,
  type EvaluationProblemCode,
  type EvaluationSettings,
  readEvaluationOptions,
} from './evaluation-options.ts'
import type { EvaluationResult } from './evaluation-result.ts'
import { createLatencyCounts, type LatencyCounts } from './latency.ts'
import { logEvaluation } from './log-evaluation.ts'
import { drawIntervals, type IntervalOptions, type MetricInterval } from './metric-intervals.ts'
import { createRecordCollector, type EvaluationRecords, type RecordCollector } from './row-records.ts'
import { createShownRows, type ShownRows } from './shown-rows.ts'
import { storeEvaluation } from './store-evaluation.ts'

/**
 * Takes what a model said row by row; gives metrics with intervals, curves, tables of all, of the worst and of the surest wrong
 * rows, and what changed since a baseline. All of it becomes one row of the run's history.
 *
 * Memory does not grow with the number of rows beyond the bounds of its options: metrics that are sums or counts are exact, the
 * others rest on a fair sample then, which {@link EvaluationResult.basis} tells.
 *
 * @example
 * const evaluation = new EvaluationLogger({ run, task: classification({ labels: ['cat', 'dog'] }), name: 'test' })
 * for (const { id, text, label } of rows) evaluation.log({ id, inputs: { text }, label, scores: await model(text) })
 * const { metrics } = await evaluation.finish()
 */
export class EvaluationLogger<Row extends EvaluationRow = EvaluationRow, Details = unknown> {
  readonly #settings: EvaluationSettings
  readonly #kind: string
  readonly #tell: ReportProblem<EvaluationProblemCode>
  readonly #counter: TaskCounter<Row, Details>
  readonly #records: RecordCollector
  readonly #shown: ShownRows
  readonly #latency: LatencyCounts
  readonly #baseline: BaselineRows | undefined
  #rowCount = 0
  #hasGivenIds = false
  #result: Promise<EvaluationResult<Details>> | undefined

  /** @throws EvaluationError `evaluation-option`; `InvalidOptionError` of `@lossline/core` for an option that there is not. */
  constructor(options: EvaluationLoggerOptions<Row, Details>) {
    const settings = readEvaluationOptions(options)
    this.#settings = settings
    this.#kind = options.task.kind
    this.#tell = createProblemReporter(options.onProblem)
    this.#counter = options.task.open({ seed: settings.seed, keptBytesMax: settings.keptBytesMax })
    this.#records = createRecordCollector(settings.maxRecords, this.#counter.recordColumns.length)
    this.#latency = createLatencyCounts(settings.seed)
    this.#baseline = this.#usableBaseline()
    this.#shown = createShownRows({
      settings,
      baselineRows: this.#baseline,
      describeRecord: (record) =>
        this.#counter.describeRecord?.(record, settings.baseline?.records.meaning ?? '') ?? {},
      onColumnsError: (cause) =>
        this.#tell({
          code: 'evaluation-inputs',
          message: `The columns of a row could not be made: ${messageOf(cause)}`,
          hint: 'The row is counted, and shown without them.',
          cause,
        }),
      onOwnColumn: (name) =>
        this.#tell({
          code: 'evaluation-column',
          message: `A column "${name}" of the rows is left out: the evaluation has one of that name.`,
          hint: 'Give the column another name.',
        }),
    })
  }

  /** Rows logged so far. */
  get rowCount(): number {
    return this.#rowCount
  }

  /**
   * Counts a row. Everything of it is copied, and may be changed and used again.
   *
   * @throws EvaluationError for wrong use: `evaluation-row`, `evaluation-label`, `evaluation-length` for a row that is none of the task,
   *   `evaluation-id` for an id that was there, `evaluation-finished` after {@link finish}. Nothing of the row is counted then.
   */
  log(row: Row): void {
    if (this.#result !== undefined) throw finished()
    if (typeof row !== 'object' || row === null) throw invalidRow('What is logged instead', row, 'an object')
    const id = this.#idOf(row)
    const { latencyMs } = row
    if (latencyMs !== undefined && typeof latencyMs !== 'number') throw invalidRow('latencyMs', latencyMs, 'a number')
    const judgement = this.#counter.judge(row)
    judgement.count()
    this.#records.add(id, judgement)
    if (latencyMs !== undefined && this.#rowCount >= this.#settings.warmUpCount) this.#latency.add(latencyMs)
    this.#rowCount += 1
    this.#hasGivenIds ||= row.id !== undefined && row.id !== null
    this.#shown.offer(id, row, judgement)
  }

  /**
   * Computes everything and logs it, in one row. A second call returns the first one's promise. Never rejects because of a disk
   * or server; what keeps the result from being logged is told to `onProblem`.
   */
  finish(): Promise<EvaluationResult<Details>> {
    this.#result ??= this.#finish()
    return this.#result
  }

  async #finish(): Promise<EvaluationResult<Details>> {
    const { name, confidence, step, artifact } = this.#settings
    // Taken now: the run may not be the active one any more after the intervals.
    const run = this.#settings.run ?? activeRun()
    const report = await this.#counter.report()
    const { doubt } = report
    if (doubt !== undefined) this.#tell({ code: 'evaluation-scores', ...doubt })
    const records = this.#records.toRecords(this.#counter.recordColumns, this.#counter.recordsMeaning())
    const latencies = this.#latency.metrics()
    const metrics = { ...report.metrics, ...latencies }
    const result: EvaluationResult<Details> = {
      name,
      task: this.#kind,
      rowCount: this.#rowCount,
      metrics,
      basis: { ...report.basis, ...basisOf(latencies, this.#latency.keptCount, this.#rowCount) },
      intervals: confidence === undefined ? {} : await this.#intervals(metrics, confidence, report.resampling),
      details: report.details,
      tables: {
        ...report.tables,
        predictions: this.#shown.predictions,
        worst: this.#shown.worst,
        confidentWrong: this.#shown.confidentWrong,
      },
      comparison: await this.#compare(metrics, records, confidence),
      records,
      notes: [...(doubt === undefined ? [] : [`${doubt.message} ${doubt.hint}`]), ...report.notes, ...this.#notes()],
    }
    this.#log(result, { run, report, step, artifact })
    return result
  }

  #log(
    result: EvaluationResult,
    parts: {
      readonly run: Run | undefined
      readonly report: TaskReport
      readonly step: number | undefined
      readonly artifact: string | undefined
    },
  ): void {
    const { run, report, step, artifact } = parts
    if (run === undefined) {
      this.#tell({
        code: 'evaluation-no-run',
        message: `There is no run, so the evaluation "${result.name}" is computed and not logged.`,
        hint: 'Pass run, or call init before.',
      })
      return
    }
    logEvaluation(result, { run, step, report, tell: this.#tell })
    if (artifact !== undefined) storeEvaluation(result, { run, artifact, tell: this.#tell })
  }

  #idOf({ id }: EvaluationRow): RowId {
    // Numbers alone cannot come twice.
    if (id === undefined || id === null) return this.#hasGivenIds ? this.#newId(this.#rowCount) : this.#rowCount
    const given: unknown = id
    if (typeof given === 'bigint') return this.#newId(String(given))
    if (typeof given !== 'string' && typeof given !== 'number') throw invalidRow('id', id, 'a text or a number')
    return this.#newId(given)
  }

  #newId(id: RowId): RowId {
    if (!this.#records.has(id)) return id
    throw new EvaluationError({
      code: 'evaluation-id',
      message: `There was a row with the id ${describe(id)} before.`,
      hint: 'Pass an id that names the row alone, or none.',
    })
  }

  async #intervals(
    metrics: Readonly<Record<string, number>>,
    confidence: number,
    resampling: TaskReport['resampling'],
  ): Promise<Record<string, MetricInterval>> {
    const columns = this.#records.columns()
    const measure = (rows: Uint32Array): readonly number[] => this.#counter.measure(columns, rows)
    const { measuredMetrics } = this.#counter
    const options = this.#recordIntervals(confidence)
    const ofRecords = await drawIntervals(measuredMetrics, this.#records.rowCount, measure, options)
    const intervals = { ...ofRecords, ...(await this.#resampled(metrics, confidence, resampling)) }
    return Object.fromEntries(Object.entries(intervals).filter(([name]) => Object.hasOwn(metrics, name)))
  }

  /** How intervals of what follows from records are drawn. */
  #recordIntervals(confidence: number): IntervalOptions {
    return { confidence, seed: this.#settings.seed, columnCount: this.#counter.recordColumns.length }
  }

  async #resampled(
    metrics: Readonly<Record<string, number>>,
    confidence: number,
    resampling: TaskReport['resampling'],
  ): Promise<Record<string, MetricInterval>> {
    if (resampling === undefined) return {}
    const { names, rowCount, wholeCount, numbersPerRow, measure } = await resampling()
    const { seed } = this.#settings
    const options = { confidence, seed, columnCount: numbersPerRow, wholeCount, wholeMetrics: metrics }
    return drawIntervals(names, rowCount, measure, options)
  }

  #usableBaseline(): BaselineRows | undefined {
    const { baseline } = this.#settings
    if (baseline === undefined) return undefined
    if (baseline.task === this.#kind) return createBaselineRows(baseline, this.#counter.recordColumns)
    this.#tell({
      code: 'evaluation-baseline',
      message: `The baseline "${baseline.name}" is of the task ${baseline.task}, so nothing is compared with it.`,
      hint: `Pass an evaluation of the task ${this.#kind}.`,
    })
    return undefined
  }

  async #compare(
    metrics: Readonly<Record<string, number>>,
    records: EvaluationRecords,
    confidence: number | undefined,
  ): Promise<EvaluationComparison | undefined> {
    const baseline = this.#baseline?.baseline
    if (baseline === undefined) return undefined
    const options = confidence === undefined ? undefined : this.#recordIntervals(confidence)
    return {
      baseline: baseline.name,
      joinedCount: this.#shown.joinedCount,
      counts: this.#shown.changeCounts,
      changes: this.#shown.changes,
      deltas: await metricDeltas({ counter: this.#counter, metrics, records, baseline }, options),
    }
  }

  #notes(): string[] {
    const { maxRows, maxRecords } = this.#settings
    const rowCount = this.#rowCount
    const { strippedCount } = this.#shown
    return [
      ...(strippedCount > 0
        ? [`Of ${strippedCount} rows of the tables only what is small is kept (keptMegabytes).`]
        : []),
      ...(rowCount > maxRows ? [`The table of predictions is a fair sample of ${maxRows} of ${rowCount} rows.`] : []),
      ...(rowCount > maxRecords
        ? [`Intervals and comparisons rest on a fair sample of ${maxRecords} of ${rowCount} rows.`]
        : []),
    ]
  }
}

function finished(): EvaluationError {
  return new EvaluationError({
    code: 'evaluation-finished',
    message: 'The evaluation is finished and takes no more rows.',
    hint: 'Make a new EvaluationLogger for the next evaluation.',
  })
}
