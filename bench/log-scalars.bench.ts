// What a row costs the thread that trains: the call that puts it into the ring, held against JSON.stringify of the row.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRunWriter } from '@lossline/journal'
import { median } from './lib/measure.ts'
import { report } from './lib/report.ts'
import { createRowSource } from './lib/rows.ts'

// A burst fits into the ring, as training does that has work between its rows; the next one starts when it is drained.
const burstRows = 2000
const rounds = 400

const folder = mkdtempSync(join(tmpdir(), 'lossline-bench-'))
const writer = await openRunWriter({
  runDirectory: join(folder, 'run'),
  run: { runId: 'bench', project: 'bench', startTime: { seconds: Math.floor(Date.now() / 1000) } },
  producer: 'bench',
})
const nextRow = createRowSource()
let step = 0

function makeRows(): Record<string, number>[] {
  return Array.from({ length: burstRows }, () => nextRow(step++))
}

const logNs: number[] = []
const stringifyNs: number[] = []
let textLength = 0
for (let round = 0; round < rounds; round += 1) {
  const rows = makeRows()
  const startMs = performance.now()
  for (const row of rows) writer.tryLogNumbers(row)
  const loggedMs = performance.now()
  // The other thread is idle in both halves.
  writer.flushSync()
  const drainedMs = performance.now()
  for (const row of rows) textLength += JSON.stringify(row).length
  const stringifiedMs = performance.now()
  logNs.push(((loggedMs - startMs) / burstRows) * 1e6)
  stringifyNs.push(((stringifiedMs - drainedMs) / burstRows) * 1e6)
}

const { rowCount } = writer.finishSync({ exitCode: 0 })
if (rowCount !== rounds * burstRows || textLength === 0) throw new Error(`${rowCount} rows in the journal`)
rmSync(folder, { recursive: true })

const ratio = median(logNs) / median(stringifyNs)
report('log-scalars: a row of 10 numbers on the training thread', [
  {
    what: 'tryLogNumbers / JSON.stringify of the row',
    value: ratio,
    text: `${median(logNs).toFixed(0)} ns / ${median(stringifyNs).toFixed(0)} ns = ${ratio.toFixed(3)}`,
    floor: 0.6,
    goal: 0.15,
  },
])
