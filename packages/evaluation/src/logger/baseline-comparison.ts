import type { Judgement, RowId, TaskCounter } from '../tasks/evaluation-task.ts'
import type { EvaluationBaseline, TableRows } from './evaluation-result.ts'
import { drawIntervals, type IntervalOptions } from './metric-intervals.ts'
import type { EvaluationRecords } from './row-records.ts'

/** What became of a row since the baseline. Rows that are neither right nor wrong are `'better'` or `'worse'`. */
export type RowChange = 'fixed' | 'broken' | 'both wrong' | 'both right' | 'better' | 'worse' | 'same'

/** How far a metric moved. */
export interface MetricDelta {
  /** The metric of the baseline … */
  readonly baseline: number
  /** … and of this evaluation: of the rows that both have, where there is an interval. */
  readonly current: number
  /** `current − baseline`. */
  readonly delta: number
  /** Paired bootstrap interval of `delta`, from rows that both evaluations have; undefined for metrics without one. */
  readonly lower: number | undefined
  readonly upper: number | undefined
  /** Rows that both have, if these make the numbers; undefined if they are the metrics of all rows of each evaluation. */
  readonly rowCount: number | undefined
}

/** Two evaluations side by side. */
export interface EvaluationComparison {
  /** Name of the baseline. */
  readonly baseline: string
  /** Rows whose id is in both. */
  readonly joinedCount: number
  /** How many of these each change happened to. */
  readonly counts: Readonly<Record<RowChange, number>>
  /** Rows that changed or are wrong in both, with what was shown of them: up to `maxRows`, a fair sample beyond. */
  readonly changes: TableRows
  readonly deltas: Readonly<Record<string, MetricDelta>>
}

/** Finds rows of a baseline. */
export interface BaselineRows {
  readonly baseline: EvaluationBaseline
  /** What became of a row; `undefined` if the baseline does not have it. */
  changeOf(id: RowId, judgement: Judgement): ChangedRow | undefined
}

/** A row that both have. */
export interface ChangedRow {
  readonly change: RowChange
  /** What the baseline said of it, in the order of the task's columns. */
  readonly record: readonly number[]
  readonly badness: number
}

export function createBaselineRows(baseline: EvaluationBaseline, columnNames: readonly string[]): BaselineRows {
  const { ids, isCorrect, badness, columns } = baseline.records
  const places = new Map(ids.map((id, place) => [String(id), place]))
  return {
    baseline,
    changeOf(id, judgement) {
      const place = places.get(String(id))
      if (place === undefined) return undefined
      return {
        change: changeBetween(isCorrect[place]!, badness[place]!, judgement),
        record: columnNames.map((name) => columns[name]?.[place] ?? Number.NaN),
        badness: badness[place]!,
      }
    },
  }
}

function changeBetween(wasCorrect: number, badnessBefore: number, { isCorrect, badness }: Judgement): RowChange {
  if (isCorrect === undefined || Number.isNaN(wasCorrect)) {
    if (badness === badnessBefore || (Number.isNaN(badness) && Number.isNaN(badnessBefore))) return 'same'
    return badness < badnessBefore || Number.isNaN(badnessBefore) ? 'better' : 'worse'
  }
  if (isCorrect) return wasCorrect === 1 ? 'both right' : 'fixed'
  return wasCorrect === 1 ? 'broken' : 'both wrong'
}

/** How many rows each change happened to, before there are any. */
export function noChanges(): Record<RowChange, number> {
  return { fixed: 0, broken: 0, 'both wrong': 0, 'both right': 0, better: 0, worse: 0, same: 0 }
}

/** What {@link metricDeltas} compares. */
export interface DeltaParts {
  readonly counter: TaskCounter
  readonly metrics: Readonly<Record<string, number>>
  readonly records: EvaluationRecords
  readonly baseline: EvaluationBaseline
}

/**
 * How far metrics moved. Those that follow from records are measured on the rows that both have, with an interval from drawing
 * such rows, the same for both sides; the others are differences of the two metrics.
 *
 * @param options - `undefined`: without intervals.
 */
export async function metricDeltas(
  { counter, metrics, records, baseline }: DeltaParts,
  options: IntervalOptions | undefined,
): Promise<Record<string, MetricDelta>> {
  const paired = await pairedDeltas(counter, records, baseline.records, options)
  const plain = Object.entries(metrics).flatMap(([name, current]) => {
    const before = baseline.metrics[name]
    if (before === undefined || Object.hasOwn(paired, name)) return []
    const delta = { baseline: before, current, delta: current - before, lower: undefined, upper: undefined }
    return [[name, { ...delta, rowCount: undefined }] as const]
  })
  return { ...Object.fromEntries(plain), ...paired }
}

async function pairedDeltas(
  counter: TaskCounter,
  records: EvaluationRecords,
  before: EvaluationRecords,
  options: IntervalOptions | undefined,
): Promise<Record<string, MetricDelta>> {
  const pairs = joinRecords(records, before)
  const rowCount = pairs.current.length
  if (rowCount === 0) return {}
  const pick = ({ columns }: EvaluationRecords, places: Uint32Array): Float64Array[] =>
    counter.recordColumns.map((name) => Float64Array.from(places, (place) => columns[name]?.[place] ?? Number.NaN))
  const now = pick(records, pairs.current)
  const picked = pick(before, pairs.baseline)
  const isSame = records.meaning === before.meaning
  const then = isSame ? picked : counter.translateRecords?.(picked, before.meaning)
  if (then === undefined) return {}
  const difference = (rows: Uint32Array): number[] => {
    const baseline = counter.measure(then, rows)
    return counter.measure(now, rows).map((value, metric) => value - baseline[metric]!)
  }
  const names = counter.measuredMetrics
  const intervals = options === undefined ? {} : await drawIntervals(names, rowCount, difference, options)
  const all = Uint32Array.from({ length: rowCount }, (_, row) => row)
  const currents = counter.measure(now, all)
  const baselines = counter.measure(then, all)
  return Object.fromEntries(
    names.flatMap((name, metric) => {
      const [baseline, current] = [baselines[metric]!, currents[metric]!]
      const delta = current - baseline
      if (Number.isNaN(delta)) return []
      const { lower, upper } = intervals[name] ?? {}
      return [[name, { baseline, current, delta, lower, upper, rowCount }] as const]
    }),
  )
}

function joinRecords(
  records: EvaluationRecords,
  before: EvaluationRecords,
): { current: Uint32Array; baseline: Uint32Array } {
  const places = new Map(before.ids.map((id, place) => [String(id), place]))
  const pairs = records.ids.flatMap((id, place) => {
    const other = places.get(String(id))
    return other === undefined ? [] : [[place, other] as const]
  })
  return {
    current: Uint32Array.from(pairs, ([place]) => place),
    baseline: Uint32Array.from(pairs, ([, place]) => place),
  }
}
