import { Histogram, type Metrics, plotTable, type Run, Table } from '@lossline/core'
import { messageOf, type ReportProblem } from '@lossline/core/adapter'
import type { ChartParts, TaskReport } from '../tasks/evaluation-task.ts'
import { toTable } from './cells-table.ts'
import type { EvaluationProblemCode } from './evaluation-options.ts'
import type { EvaluationResult } from './evaluation-result.ts'

/** What is logged, and where. */
export interface LogEvaluationOptions {
  readonly run: Run
  readonly step: number | undefined
  readonly report: TaskReport
  readonly tell: ReportProblem<EvaluationProblemCode>
}

/** Puts all of an evaluation into one row of the history. Never throws. */
export function logEvaluation(result: EvaluationResult, { run, step, report, tell }: LogEvaluationOptions): void {
  try {
    const parts = { ...numbersOf(result), ...tablesOf(result, tell), ...chartsOf(report, tell) }
    const row: Metrics = Object.fromEntries(
      Object.entries(parts).map(([key, value]) => [`${result.name}/${key}`, value]),
    )
    // A step alone would leave the row open for others.
    run.log(row, step === undefined ? {} : { step, commit: true })
  } catch (cause) {
    tell({
      code: 'evaluation-not-logged',
      message: `The evaluation "${result.name}" could not be logged: ${messageOf(cause)}`,
      hint: 'finish() of the evaluation comes before that of the run.',
      cause,
    })
  }
}

function numbersOf({ metrics, intervals, comparison, rowCount }: EvaluationResult): Record<string, number> {
  const bounds = Object.entries(intervals).flatMap(([name, { lower, upper }]) => [
    [`interval/${name}/lower`, lower] as const,
    [`interval/${name}/upper`, upper] as const,
  ])
  if (comparison === undefined) return { ...metrics, row_count: rowCount, ...Object.fromEntries(bounds) }
  const { deltas, counts, joinedCount } = comparison
  const moved = Object.entries(deltas).flatMap(([name, { delta, lower, upper }]) => [
    [`delta/${name}`, delta] as const,
    ...(lower === undefined || upper === undefined
      ? []
      : [[`delta/${name}/lower`, lower] as const, [`delta/${name}/upper`, upper] as const]),
  ])
  const changes = Object.entries(counts).map(
    ([change, count]) => [`changes/${change.replace(' ', '_')}`, count] as const,
  )
  return {
    ...metrics,
    row_count: rowCount,
    ...Object.fromEntries([...bounds, ...moved, ...changes]),
    'changes/joined': joinedCount,
  }
}

function tablesOf(
  { tables, comparison }: EvaluationResult,
  tell: ReportProblem<EvaluationProblemCode>,
): Record<string, Table> {
  const { confidentWrong, ...others } = tables
  const all = {
    ...others,
    confident_wrong: confidentWrong,
    ...(comparison === undefined ? {} : { changes: comparison.changes }),
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, rows]) => {
      if (rows.length === 0) return []
      return [[name, toTable(rows, (column, cause) => tellOfColumn(name, column, cause, tell))] as const]
    }),
  )
}

function chartsOf(
  { charts, histograms = {} }: TaskReport,
  tell: ReportProblem<EvaluationProblemCode>,
): Record<string, unknown> {
  const made = [
    ...Object.entries(charts).map(([name, parts]) => [name, () => toChart(parts)] as const),
    ...Object.entries(histograms).map(([name, parts]) => [name, () => new Histogram(parts)] as const),
  ]
  return Object.fromEntries(
    made.flatMap(([name, make]) => {
      try {
        return [[name, make()]]
      } catch (cause) {
        tellOfColumn('charts', name, cause, tell)
        return []
      }
    }),
  )
}

function toChart({ preset, columns, fields, texts }: ChartParts): unknown {
  const table = new Table({ columns: [] })
  for (const [name, values] of Object.entries(columns)) table.addColumn(name, values, { optional: true })
  return plotTable({ preset, table, fields, texts })
}

function tellOfColumn(table: string, column: string, cause: unknown, tell: ReportProblem<EvaluationProblemCode>): void {
  tell({
    code: 'evaluation-column',
    message: `"${column}" of ${table} is left out: ${messageOf(cause)}`,
    hint: 'Cells are numbers, texts, booleans, lists, Dates and media.',
    cause,
  })
}
