import type { MetricInfo } from '@lossline/protocol'

/** Metrics of a view's own project, then those that only other projects know. What is said of a metric that both know is what the own one says. */
export function mergeMetrics(own: readonly MetricInfo[], others: readonly MetricInfo[]): readonly MetricInfo[] {
  const found = new Map<string, MetricInfo>()
  for (const metric of [...own, ...others]) {
    const id = `${metric.stream} ${metric.key}`
    if (!found.has(id)) found.set(id, metric)
  }
  return found.size === own.length ? own : [...found.values()]
}
