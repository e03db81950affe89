import { invalidRow } from './check-row.ts'
import type { EvaluationRow, EvaluationTask, Judgement } from './evaluation-task.ts'
import { createMeanSums } from './mean-sums.ts'
import { meansOfRecords } from './means-of-records.ts'

/** A row of a task of one's own: whatever its columns and metrics take. */
export interface CustomRow extends EvaluationRow {
  readonly label?: unknown
  readonly prediction?: unknown
}

/** What a task of one's own is made of. */
export interface CustomOptions<Row extends CustomRow = CustomRow> {
  /** A number, or yes or no, for each row by name; the metric is their mean. NaN is left in: return what is defined. */
  readonly metrics: Readonly<Record<string, (row: Row) => number | boolean>>
  /** Columns of the tables. Default: `label` and `prediction`. Called only for rows that get into one. */
  readonly columns?: ((row: Row) => Readonly<Record<string, unknown>>) | undefined
  /** Whether a row is right. Default: rows are neither. */
  readonly isCorrect?: ((row: Row) => boolean) | undefined
  /** How bad a row is, 0 for perfect: for the table of the worst. Default: 1 for wrong rows, 0 for all others. */
  readonly badness?: ((row: Row) => number) | undefined
  /** How sure the model was. Default: nothing is known. */
  readonly confidence?: ((row: Row) => number) | undefined
}

/**
 * A task of one's own: means of a number for each row. What these functions throw, `log` throws, and the row is not counted.
 *
 * @example custom({ metrics: { length_error: ({ label, prediction }) => Math.abs(label.length - prediction.length) } })
 */
export function custom<Row extends CustomRow = CustomRow>({
  metrics,
  columns = ({ label, prediction }) => ({ label, prediction }),
  isCorrect,
  badness,
  confidence,
}: CustomOptions<Row>): EvaluationTask<Row & EvaluationRow, undefined> {
  const names = Object.keys(metrics)
  return {
    kind: 'custom',
    open() {
      const sums = createMeanSums(names)
      return {
        recordColumns: names,
        measuredMetrics: names,
        judge(row): Judgement {
          const record = names.map((name) => toNumber(name, metrics[name]!(row)))
          const correct = isCorrect?.(row)
          return {
            isCorrect: correct,
            badness: badness?.(row) ?? (correct === false ? 1 : 0),
            confidence: confidence?.(row),
            record,
            count: () => sums.add(record),
            cells: () => columns(row),
          }
        },
        measure: meansOfRecords,
        recordsMeaning: () => '',
        report: () => ({
          metrics: sums.means(),
          basis: {},
          details: undefined,
          tables: {},
          charts: {},
          notes: [],
        }),
      }
    },
  }
}

function toNumber(name: string, value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return Number(value)
  throw invalidRow(`The metric ${name}`, value, 'a function that returns a number')
}
