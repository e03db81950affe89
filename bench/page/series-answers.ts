import { percentile } from '../lib/measure.ts'
import type { Finding } from '../lib/report.ts'
import { readProcessorMs, type SpawnedServer } from '../lib/spawned-server.ts'
import { projects } from './fill-store.ts'

const requestCount = 60
const buckets = 1024

/** What one panel of ten runs of a million points costs the server, over ranges that nobody has asked for before. */
export async function measureSeriesAnswers({
  url,
  pid,
}: Pick<SpawnedServer, 'url' | 'pid'>): Promise<readonly Finding[]> {
  const runIds = Array.from({ length: 10 }, (_, i) => `${projects.long}${i}`)
  const durations: number[] = []
  let bytesMost = 0
  const beforeMs = readProcessorMs(pid)
  for (let i = 0; i < requestCount; i++) {
    const range = i % 2 === 0 ? [i * 10, 999_999 - i * 10] : [i * 1000, i * 1000 + 400_000]
    const body = {
      entity: 'local',
      project: projects.long,
      stream: 'history',
      key: 'loss',
      runIds,
      x: { kind: 'step' },
      buckets,
      range,
    }
    const startMs = performance.now()
    const response = await fetch(`${url}/api/series`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const bytes = await response.arrayBuffer()
    durations.push(performance.now() - startMs)
    if (!response.ok) throw new Error(`/api/series: ${response.status} ${new TextDecoder().decode(bytes)}`)
    bytesMost = Math.max(bytesMost, bytes.byteLength)
  }
  const p95 = percentile(durations, 95)
  const processorMs = (readProcessorMs(pid) - beforeMs) / requestCount
  return [
    {
      what: 'panel data, 10 × 1 M points, p95',
      value: p95,
      text: `${p95.toFixed(0)} ms, ${processorMs.toFixed(0)} ms of processor`,
      budget: 100,
    },
    { what: '… bytes', value: bytesMost / 1000, text: `${(bytesMost / 1000).toFixed(0)} kB`, budget: 350 },
  ]
}
