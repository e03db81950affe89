import { decodeKeyPath, type MetricInfo, metricColumnKey, metricReductions } from '@lossline/protocol'
import type { Direction } from './column-settings.ts'

/** What `define_metric` makes the summary keep beside a metric's own value. */
const reductions = ['', '.min', '.max', '.mean', '.last', '.best', '.first'] as const

/** Which values of columns of a metric are good, as definitions of metrics say; by the column's key. */
export function metricDirections(metrics: readonly MetricInfo[]): ReadonlyMap<string, Direction> {
  return new Map(
    metrics.flatMap(({ key, goal }) => {
      if (goal === null) return []
      const name = `summary.${decodeKeyPath(key).join('.')}`
      const better: Direction = goal === 'maximize' ? 'higher' : 'lower'
      const figures = metricReductions.map((reduction) => metricColumnKey({ reduction, metric: key }))
      return [...reductions.map((reduction) => name + reduction), ...figures].map((column) => [column, better] as const)
    }),
  )
}
