import type { EarlierMetrics, LeafItem } from '@lossline/journal'
import {
  decodeKeyPath,
  encodeKeyPath,
  isJsonObject,
  isStatisticsObject,
  type JsonObject,
  showsStatistics,
  stringifyJson,
  toSummaryStatistics,
} from '@lossline/protocol'
import type { EarlierRun } from './earlier-run.ts'

/** Where our own notes in a summary are: from what means go on. */
const notesPath: readonly string[] = ['_wandb', 'lossline', 'means']

/** What the metrics of a run that goes on begin with. */
export function toEarlierMetrics({ metrics, summary, lastRow }: EarlierRun): EarlierMetrics {
  const withStatistics = metrics.filter((metric) => metric.name && showsStatistics(toSummaryStatistics(metric)))
  const metricNames = new Set(withStatistics.map(({ name = '' }) => encodeKeyPath(decodeKeyPath(name))))
  const { _wandb, ...shown } = summary
  const stepNames = new Set(metrics.flatMap(({ stepMetric }) => (stepMetric ? [stepMetric] : [])))
  const lastNumbers = [...stepNames].flatMap((name): [string, number][] => {
    const value = numberAt(lastRow, [name]) ?? numberAt(lastRow, decodeKeyPath(name))
    return value === undefined ? [] : [[name, value]]
  })
  return {
    definitions: metrics,
    summary: [...toLeaves(shown, [], metricNames), ...toNotes(summary)],
    stepValues: Object.fromEntries(lastNumbers),
  }
}

/** The leaves of a tree. A media value is one leaf, and so are the statistics of a metric. */
function toLeaves(tree: JsonObject, path: readonly string[], metricNames: ReadonlySet<string>): LeafItem[] {
  return Object.entries(tree).flatMap(([label, value]) => {
    const leafPath = [...path, label]
    const isMetric = metricNames.has(encodeKeyPath(leafPath)) && isStatisticsObject(value)
    const isBranch = isJsonObject(value) && !('_type' in value) && !isMetric
    return isBranch ? toLeaves(value, leafPath, metricNames) : [{ path: leafPath, json: stringifyJson(value) }]
  })
}

function toNotes(summary: JsonObject): LeafItem[] {
  let notes: JsonObject = summary
  for (const label of notesPath) {
    const below = notes[label]
    if (!isJsonObject(below)) return []
    notes = below
  }
  return Object.entries(notes).map(([name, value]) => ({ path: [...notesPath, name], json: stringifyJson(value) }))
}

function numberAt(row: JsonObject, path: readonly string[]): number | undefined {
  let value: JsonObject[string] | undefined = row
  for (const label of path) value = isJsonObject(value) ? value[label] : undefined
  return typeof value === 'number' ? value : undefined
}
