// What `run.log` of a row costs the thread that trains, held against JSON.stringify of the row.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { init } from '@lossline/core'
import { median } from './lib/measure.ts'
import { report } from './lib/report.ts'
import { createRowSource } from './lib/rows.ts'

// A burst fits into the ring, as training does that has work between its rows; the next one starts when it is drained.
const burstRows = 2000
const rounds = 400

const folder = mkdtempSync(join(tmpdir(), 'lossline-bench-'))
const run = await init({ project: 'bench', dir: folder, mode: 'local', silent: true, console: 'off' })
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
  for (const row of rows) run.log(row)
  const loggedMs = performance.now()
  // Reading the summary waits until all rows are written: the other thread is idle in both halves.
  if (run.summary['train/loss'] === undefined) throw new Error('no summary')
  const drainedMs = performance.now()
  for (const row of rows) textLength += JSON.stringify(row).length
  const stringifiedMs = performance.now()
  logNs.push(((loggedMs - startMs) / burstRows) * 1e6)
  stringifyNs.push(((stringifiedMs - drainedMs) / burstRows) * 1e6)
}

const rowCount = run.step
await run.finish()
if (rowCount !== rounds * burstRows || textLength === 0) throw new Error(`${rowCount} rows logged`)
rmSync(folder, { recursive: true })

const ratio = median(logNs) / median(stringifyNs)
report('log-scalars: a row of 10 numbers on the training thread', [
  {
    what: 'run.log / JSON.stringify of the row',
    value: ratio,
    text: `${median(logNs).toFixed(0)} ns / ${median(stringifyNs).toFixed(0)} ns = ${ratio.toFixed(3)}`,
    floor: 0.6,
    goal: 0.15,
  },
])
