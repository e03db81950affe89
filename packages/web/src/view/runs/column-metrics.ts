import { decodeKeyPath, type MetricInfo, parseMetricColumn } from '@lossline/protocol'
import type { TableColumn } from './table-columns.ts'

/** What is known of the metric that a column tells of. */
export type ColumnMetric = Pick<MetricInfo, 'key' | 'stream' | 'description' | 'unit' | 'goal'>

/** What `define_metric` makes the summary keep beside a metric's own value. */
const reductionEnd = /\.(?:min|max|mean|last|best|first)$/

/** Finds the metric that a column is of, by the column's key: `summary.val/loss`, `summary.loss.min`, `metric.max:val/acc`. */
export function createColumnMetrics<Metric extends ColumnMetric>(
  metrics: readonly Metric[],
): (columnKey: string) => Metric | undefined {
  const logged = metrics.filter(({ stream }) => stream === 'history')
  const byKey = new Map(logged.map((metric) => [metric.key, metric]))
  const byName = new Map(logged.map((metric) => [decodeKeyPath(metric.key).join('.'), metric]))
  return (columnKey) => {
    const figure = parseMetricColumn(columnKey)
    if (figure !== undefined) return byKey.get(figure.metric)
    if (!columnKey.startsWith('summary.')) return undefined
    const name = columnKey.slice('summary.'.length)
    return byName.get(name) ?? (reductionEnd.test(name) ? byName.get(name.replace(reductionEnd, '')) : undefined)
  }
}

/** CSS pixels: the mark of which values are good, and a letter of a unit. */
const [markWidth, letterWidth] = [16, 7]

/** Columns with what is known of their metrics, and room for it. */
export function withMetrics(
  columns: readonly TableColumn[],
  metricOf: (columnKey: string) => ColumnMetric | undefined,
): readonly TableColumn[] {
  return columns.map((column) => {
    const metric = metricOf(column.key)
    if (metric === undefined) return column
    const { unit, goal } = metric
    const room = (unit === '' ? 0 : (unit.length + 1) * letterWidth) + (goal === null ? 0 : markWidth)
    return { ...column, metric, width: column.width + room }
  })
}
