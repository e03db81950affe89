import { compareNatural } from '../text/natural-order.ts'
import type { MetricsByName } from './automatic-panels.ts'

/** So many metrics are offered to an empty view. */
export const usefulMetricsMax = 12

/** Names of metrics to begin a view with: those that most runs have logged first; none of the machine. */
export function usefulMetrics(metrics: MetricsByName, without: ReadonlySet<string> = new Set()): readonly string[] {
  return [...metrics]
    .filter(([name, { stream }]) => stream === 'history' && !without.has(name))
    .sort(([a, one], [b, other]) => other.runCount - one.runCount || compareNatural(a, b))
    .slice(0, usefulMetricsMax)
    .map(([name]) => name)
}
