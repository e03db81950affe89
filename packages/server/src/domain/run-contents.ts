import type { ContentKey, CustomChartInfo } from '@lossline/protocol'
import type { RunRow, Store } from '@lossline/store'
import { customChartsOf } from './custom-charts.ts'
import { listMediaKeys } from './media/media-keys.ts'

/** What runs have besides numbers. */
export interface RunContents {
  readonly media: readonly ContentKey[]
  readonly charts: readonly (CustomChartInfo & { readonly runCount: number })[]
}

/** Media, tables and custom charts of runs, each key once, with the runs that have it. */
export async function contentsOfRuns(store: Store, runs: readonly RunRow[]): Promise<RunContents> {
  const media = new Map<string, ContentKey>()
  const charts = new Map<string, CustomChartInfo & { readonly runCount: number }>()
  for (const run of runs) {
    for (const { key, kind } of await listMediaKeys(store, run)) {
      const known = media.get(key)
      media.set(key, { key, kind: known?.kind ?? kind, runIds: [...(known?.runIds ?? []), run.runId] })
    }
    const { entity, project } = run
    const logged = await store.metricKeys({ entity, project, runs: [run.id], stream: 'history' })
    for (const chart of customChartsOf(run, new Set(logged.map(({ key }) => key)))) {
      const known = charts.get(chart.key)
      charts.set(chart.key, known ? { ...known, runCount: known.runCount + 1 } : { ...chart, runCount: 1 })
    }
  }
  return { media: [...media.values()], charts: [...charts.values()] }
}
