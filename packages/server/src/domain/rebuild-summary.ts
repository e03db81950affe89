import {
  createSummaryFold,
  decodeKeyPath,
  fromWireMetrics,
  jsonToNumber,
  logNumber,
  showsStatistics,
} from '@lossline/protocol'
import type { RunRow, Store } from '@lossline/store'
import { runValues } from './run-values.ts'

const noColumn = { values: new Float64Array() }

/**
 * What a run's history says of each metric, as the text of a summary: its last value, or the statistics that the run has
 * defined for it.
 */
export async function rebuildSummary(store: Store, run: RunRow): Promise<string> {
  const { summary, applyMetric } = createSummaryFold({ showsMeanParts: true })
  for (const metric of fromWireMetrics(runValues(run).internals.m)) applyMetric(metric)
  const keys = await store.metricKeys({ entity: run.entity, project: run.project, runs: [run.id] })
  for (const { key, stream, kind } of keys) {
    if (stream !== 'history') continue
    const path = decodeKeyPath(key)
    const isCounted = kind !== 'other' && showsStatistics(summary.statisticsOf(path))
    const { values } = isCounted ? await store.column({ run: run.id, key }) : noColumn
    const leaf = summary.leafAt(path)
    for (const value of values) logNumber(leaf, value)
    if (values.length > 0 && kind === 'number') continue
    const [row] = await store.rows({ run: run.id, keys: [key], fromEnd: true, limit: 1 })
    const json = row?.values.get(key)
    // A number is counted in already, if numbers are counted.
    if (json !== undefined && (values.length === 0 || jsonToNumber(json) === undefined)) summary.logJson(path, json)
  }
  if (run.lastStep !== undefined) summary.setLatest(['_step'], String(run.lastStep))
  return summary.toJsonText()
}
