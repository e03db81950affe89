import type { RunRow, Store } from '@lossline/store'
import { toJsonLine } from './history-rows.ts'

/** What a run's history says last of each metric, as the text of a summary. */
export async function rebuildSummary(store: Store, run: RunRow): Promise<string> {
  const keys = await store.metricKeys({ entity: run.entity, project: run.project, runs: [run.id] })
  const values = new Map<string, string>()
  for (const { key, stream } of keys) {
    if (stream !== 'history') continue
    const [row] = await store.rows({ run: run.id, keys: [key], fromEnd: true, limit: 1 })
    const json = row?.values.get(key)
    if (json !== undefined) values.set(key, json)
  }
  return toJsonLine({ step: run.lastStep ?? 0, values }, { hasStep: run.lastStep !== undefined })
}
