// W&B's JSON through HTTP into SQLite, every request answered after it is on disk, against `JSON.parse` of the same lines.
import { startServer } from '@lossline/server'
import { openTemporaryDirectory } from '@lossline/testing'
import { median } from './lib/measure.ts'
import { report } from './lib/report.ts'

const keyCount = 10
const rowsPerRequest = 5_000
const requestsPerRound = 10
const rounds = 7
const rowsPerRound = rowsPerRequest * requestsPerRound

/** Lines as W&B's client writes them: ten metrics, and its own three keys. */
function historyLines(fromStep: number, rowCount: number): string[] {
  return Array.from({ length: rowCount }, (_, i) => {
    const step = fromStep + i
    const row: Record<string, number> = {}
    for (let k = 0; k < keyCount; k++) row[`train/metric_${k}`] = Math.sin(step / 100 + k) + Math.random() * 0.1
    return JSON.stringify({ ...row, _step: step, _runtime: step * 0.01, _timestamp: 1_767_225_600 + step * 0.01 })
  })
}

const directory = await openTemporaryDirectory('lossline-bench-')
const server = await startServer({ dataDirectory: directory.path, port: 0, watch: [], log: () => {} })

async function post(path: string, body: unknown): Promise<void> {
  const response = await fetch(server.url + path, { method: 'POST', body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  await response.arrayBuffer()
}

/** Seconds that the server needs for one run of `rowsPerRound` rows, requests one after the other as a client sends them. */
async function ingest(runId: string): Promise<number> {
  const query = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }'
  await post('/graphql', { query, variables: { input: { name: runId, modelName: 'bench' } } })
  const bodies = Array.from({ length: requestsPerRound }, (_, i) => {
    const offset = i * rowsPerRequest
    const content = historyLines(offset, rowsPerRequest)
    return JSON.stringify({ files: { 'wandb-history.jsonl': { offset, content } } })
  })
  const url = `${server.url}/files/local/bench/${runId}/file_stream`
  const startMs = performance.now()
  for (const body of bodies) {
    const response = await fetch(url, { method: 'POST', body })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    await response.arrayBuffer()
  }
  return (performance.now() - startMs) / 1000
}

let kept: unknown
function parse(): number {
  const lines = historyLines(0, rowsPerRound)
  const startMs = performance.now()
  for (const line of lines) kept = JSON.parse(line)
  return (performance.now() - startMs) / 1000
}

try {
  const ingestSeconds: number[] = []
  const parseSeconds: number[] = []
  for (let round = -2; round < rounds; round++) {
    const [parsed, ingested] = [parse(), await ingest(`run${round + 2}`)]
    if (round < 0) continue
    parseSeconds.push(parsed)
    ingestSeconds.push(ingested)
  }
  const seconds = median(ingestSeconds)
  const pointsPerSecond = (rowsPerRound * keyCount) / seconds
  report(`ingest: ${rowsPerRound} rows of ${keyCount} numbers in ${requestsPerRound} requests`, [
    {
      what: 'rows/s, durable, through HTTP, to JSON.parse rows/s',
      value: median(parseSeconds) / seconds,
      floor: 0.07,
      goal: 0.2,
      isLessBetter: false,
    },
    { what: 'points/s', value: pointsPerSecond, text: `${(pointsPerSecond / 1e6).toFixed(2)} M` },
    { what: 'JSON.parse of a row', value: 0, text: `${((median(parseSeconds) / rowsPerRound) * 1e6).toFixed(2)} µs` },
  ])
} finally {
  await server.close()
  await directory[Symbol.asyncDispose]()
}
if (kept === undefined) throw new Error('nothing was parsed')
