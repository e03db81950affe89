// The store alone: durable ingest, size at rest, and the queries behind a chart, on one file of one run with 10 keys.
import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { bucketColumn, openSqliteStore, type RowGroup, type Store } from '@lossline/store'
import { openTemporaryDirectory } from '@lossline/testing'
import { median } from './lib/measure.ts'
import { report } from './lib/report.ts'

const keyCount = 10
const groupRowCount = 1000
const nowMs = Date.now()

/** Training curves as a framework that computes in float32 logs them; key 0 is a full float64. */
function makeRows(firstStep: number): RowGroup {
  const rowIndexes = Uint32Array.from({ length: groupRowCount }, (_, row) => row)
  const value = (key: number, row: number): number => {
    const noisy = 1 / (1 + (firstStep + row) / 5000) + Math.random() * 0.1 + key
    return key === 0 ? noisy : Math.fround(noisy)
  }
  return {
    rowCount: groupRowCount,
    steps: Float64Array.from(rowIndexes, (row) => firstStep + row),
    numbers: Array.from({ length: keyCount }, (_, key) => ({
      key: `train/metric_${key}`,
      rowIndexes,
      values: Float64Array.from(rowIndexes, (row) => value(key, row)),
    })),
    others: [],
  }
}

/** The same rows as a client sends them. */
function toJsonLines(rows: RowGroup): string[] {
  return Array.from({ length: rows.rowCount }, (_, row) =>
    JSON.stringify({
      ...Object.fromEntries(rows.numbers.map(({ key, values }) => [key, values[row]])),
      _step: rows.steps[row],
    }),
  )
}

async function putRun(store: Store, runId: string): Promise<number> {
  const at = { entity: 'local', project: 'bench', runId }
  const [{ run }] = await store.write([{ kind: 'put-run', at, nowMs, change: {} }])
  return run.id
}

async function append(store: Store, run: number, groups: readonly RowGroup[]): Promise<void> {
  await Promise.all(
    groups.map((rows) =>
      store.write([{ kind: 'append-rows', run, stream: 'history', lineOffset: rows.steps[0] ?? 0, rows, nowMs }]),
    ),
  )
}

/** Rows a second of parsing JSON and of writing to the store, background compaction included, in turns. */
async function measureIngest(store: Store, run: number): Promise<{ parse: number; write: number }> {
  const parseMs: number[] = []
  const writeMs: number[] = []
  for (let round = 0; round < 50; round++) {
    const groups = [0, 1, 2, 3].map((index) => makeRows((round * 4 + index) * groupRowCount))
    const lines = groups.flatMap(toJsonLines)
    let startMs = performance.now()
    for (const line of lines) JSON.parse(line)
    parseMs.push(performance.now() - startMs)
    startMs = performance.now()
    await append(store, run, groups)
    await store.compact()
    writeMs.push(performance.now() - startMs)
  }
  const rate = (durations: readonly number[]): number => (4 * groupRowCount * 1000) / median(durations)
  return { parse: rate(parseMs), write: rate(writeMs) }
}

async function measureQuery(rounds: number, query: () => Promise<unknown>): Promise<number> {
  const durations: number[] = []
  for (let round = 0; round < rounds; round++) {
    const startMs = performance.now()
    await query()
    durations.push(performance.now() - startMs)
  }
  return median(durations)
}

const directory = await openTemporaryDirectory('lossline-bench-')
try {
  const path = join(directory.path, 'store.db')
  let store = await openSqliteStore({ path })
  const run = await putRun(store, 'ingest')
  const ingest = await measureIngest(store, run)
  await store.close()
  store = await openSqliteStore({ path })
  await store.compact({ all: true })
  await store.close()
  const bytesPerPoint = statSync(path).size / (50 * 4 * groupRowCount * keyCount)
  rmSync(path)

  store = await openSqliteStore({ path })
  const grid = { from: 0, to: 0, count: 1000 }
  const bucketsMs: { [rowCount: number]: number } = {}
  let naiveMs = 0
  const long = await putRun(store, 'long')
  for (const rowCount of [1e6, 1e7]) {
    const from = grid.to === 0 ? 0 : grid.to + 1
    for (let step = from; step < rowCount; step += 4 * groupRowCount) {
      const groups = [0, 1, 2, 3].map((index) => makeRows(step + index * groupRowCount))
      // One key is enough for the query; ten would take minutes to write.
      await append(
        store,
        long,
        groups.map((rows) => ({ ...rows, numbers: rows.numbers.slice(1, 2) })),
      )
    }
    await store.compact({ all: true })
    grid.to = rowCount - 1
    const query = { run: long, key: 'train/metric_1', grid }
    bucketsMs[rowCount] = await measureQuery(9, () => store.buckets(query))
    if (rowCount === 1e6) naiveMs = await measureQuery(5, async () => bucketColumn(await store.column(query), grid))
  }

  const runs: number[] = []
  for (let index = 0; index < 1000; index++) {
    const one = await putRun(store, `run-${index}`)
    await append(store, one, [makeRows(0)])
    runs.push(one)
  }
  await store.compact({ all: true })
  const ofRuns = { from: 0, to: groupRowCount - 1, count: 200 }
  const runsMs = await measureQuery(5, async () => {
    for (const one of runs) await store.buckets({ run: one, key: 'train/metric_1', grid: ofRuns })
  })
  await store.close()

  const perSecond = (rate: number): string => `${Math.round(rate).toLocaleString('en')} rows/s`
  report('history-query', [
    { what: 'JSON.parse of the rows (yardstick)', value: ingest.parse, text: perSecond(ingest.parse) },
    { what: 'durable write of the rows', value: ingest.write, text: perSecond(ingest.write) },
    { what: 'write ÷ JSON.parse', value: ingest.write / ingest.parse, floor: 0.07, goal: 0.2, isLessBetter: false },
    { what: 'bytes a point at rest', value: bytesPerPoint, floor: 10, goal: 4 },
    { what: '1,000 buckets of 1 M points, ms', value: bucketsMs[1e6] ?? Number.NaN, floor: 150, goal: 50 },
    { what: '… read whole and bucketed, ms', value: naiveMs },
    { what: '1,000 buckets of 10 M points, ms', value: bucketsMs[1e7] ?? Number.NaN, floor: 300, goal: 120 },
    { what: '200 buckets of each of 1,000 runs, ms', value: runsMs, floor: 500, goal: 100 },
  ])
} finally {
  await directory[Symbol.asyncDispose]()
}
