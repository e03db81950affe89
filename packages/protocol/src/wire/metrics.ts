import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts'
import { metricOptions, metricSummary } from '../records/record-schemas.ts'
import type { MetricRecord } from '../records/record-types.ts'
import { fromSetNumbers, memberText, toSetNumbers } from './numbered.ts'

const goals = ['minimize', 'maximize'] as const

/**
 * Metric definitions as the list `_wandb.value.m` of the config: objects keyed by field number. A step metric is written as
 * the 1-based place of its own entry, which is added if nobody defined it.
 */
export function toWireMetrics(metrics: readonly MetricRecord[]): JsonObject[] {
  const places = new Map<string, number>()
  const entries: MetricRecord[] = [...metrics]
  for (const [index, { name }] of metrics.entries()) if (name) places.set(name, index + 1)
  for (const { stepMetric } of metrics) {
    if (stepMetric && !places.has(stepMetric)) places.set(stepMetric, entries.push({ name: stepMetric }))
  }
  return entries.map((metric) => ({
    ...(metric.name ? { 1: metric.name } : {}),
    ...(metric.globName ? { 2: metric.globName } : {}),
    ...(metric.stepMetric ? { 5: places.get(metric.stepMetric) as number } : {}),
    6: toSetNumbers(metricOptions, metric.options),
    7: toSetNumbers(metricSummary, metric.summary),
    ...(metric.goal ? { 8: goals.indexOf(metric.goal) + 1 } : {}),
  }))
}

/** The definitions of such a list. What is not one is left out. */
export function fromWireMetrics(list: JsonValue | undefined): MetricRecord[] {
  const entries = (Array.isArray(list) ? list : []).map((entry: JsonValue) => (isJsonObject(entry) ? entry : {}))
  return entries.flatMap((entry): MetricRecord[] => {
    const name = memberText(entry, 1)
    const globName = memberText(entry, 2)
    if (name === '' && globName === '') return []
    const stepMetric = memberText(entry, 4) || nameAt(entries, entry['5'])
    const goal = goals[Number(entry['8'] ?? 0) - 1]
    return [
      {
        ...(name ? { name } : {}),
        ...(globName ? { globName } : {}),
        ...(stepMetric ? { stepMetric } : {}),
        options: fromSetNumbers(metricOptions, entry['6']),
        summary: fromSetNumbers(metricSummary, entry['7']),
        ...(goal ? { goal } : {}),
      },
    ]
  })
}

function nameAt(entries: readonly JsonObject[], place: JsonValue | undefined): string {
  const entry = typeof place === 'number' ? entries[place - 1] : undefined
  return entry === undefined ? '' : memberText(entry, 1)
}
