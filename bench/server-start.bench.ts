// From the start of `lossline serve` to its first answer, with an empty, a large and a very large database.
import { openSqliteStore, type RowGroup } from '@lossline/store'
import { openTemporaryDirectory } from '@lossline/testing'
import { median } from './lib/measure.ts'
import { type Finding, report } from './lib/report.ts'
import { spawnServer } from './lib/spawned-server.ts'

const rounds = 7
const nowMs = Date.UTC(2026, 0, 1)
const sizes = [
  { runCount: 0, pointCount: 0 },
  { runCount: 1_000, pointCount: 1_000_000 },
  { runCount: 100_000, pointCount: 10_000_000 },
]

function makeRows(firstStep: number, rowCount: number): RowGroup {
  const rowIndexes = Uint32Array.from({ length: rowCount }, (_, row) => row)
  return {
    rowCount,
    steps: Float64Array.from(rowIndexes, (row) => firstStep + row),
    numbers: [{ key: 'loss', rowIndexes, values: Float64Array.from(rowIndexes, () => Math.random()) }],
    others: [],
  }
}

/** Finished runs with a small config, and all points in one of them. */
async function fill(directory: string, runCount: number, pointCount: number): Promise<void> {
  if (runCount === 0) return
  const store = await openSqliteStore({ path: `${directory}/store.db` })
  for (let first = 0; first < runCount; first += 1000) {
    await store.write(
      Array.from({ length: 1000 }, (_, offset) => ({
        kind: 'put-run' as const,
        at: { entity: 'local', project: 'bench', runId: `run${first + offset}` },
        nowMs,
        change: { state: 'finished' as const, config: '{"learningRate":{"value":0.1}}', summary: '{"loss":0.5}' },
      })),
    )
  }
  const at = { entity: 'local', project: 'bench', runId: 'run0' }
  const [{ run }] = await store.write([{ kind: 'put-run', at, nowMs, change: {} }])
  for (let first = 0; first < pointCount; first += 10_000) {
    const rows = makeRows(first, 10_000)
    await store.write([{ kind: 'append-rows', run: run.id, stream: 'history', lineOffset: first, rows, nowMs }])
  }
  await store.close()
}

/** Milliseconds to the first answer, and from there to the list of projects. */
async function start(directory: string, hasProject: boolean): Promise<{ startMs: number; listMs: number }> {
  const server = await spawnServer(directory)
  try {
    const askedMs = performance.now()
    const projects = await (await fetch(`${server.url}/api/projects`)).text()
    if (projects.includes('"bench"') !== hasProject) throw new Error(`The server has other projects: ${projects}`)
    return { startMs: server.startMs, listMs: performance.now() - askedMs }
  } finally {
    await server[Symbol.asyncDispose]()
  }
}

const findings: Finding[] = []
for (const { runCount, pointCount } of sizes) {
  const directory = await openTemporaryDirectory('lossline-bench-')
  const startMs: number[] = []
  const listMs: number[] = []
  try {
    await fill(directory.path, runCount, pointCount)
    for (let round = -1; round < rounds; round++) {
      const times = await start(directory.path, runCount > 0)
      if (round < 0) continue
      startMs.push(times.startMs)
      listMs.push(times.listMs)
    }
  } finally {
    await directory[Symbol.asyncDispose]()
  }
  const what = `${runCount.toLocaleString('en')} runs, ${pointCount.toLocaleString('en')} points`
  findings.push(
    {
      what: `${what}: start to first answer`,
      value: median(startMs),
      text: ms(median(startMs)),
      floor: 1000,
      goal: 200,
    },
    { what: '… and then the list of projects', value: median(listMs), text: ms(median(listMs)) },
  )
}
report('server-start: a process of its own, medians', findings)

function ms(value: number): string {
  return `${value.toFixed(0)} ms`
}
