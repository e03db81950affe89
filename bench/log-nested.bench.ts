// What `run.log` of a nested row costs the thread that trains, held against JSON.stringify of the row.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { init } from '@lossline/core'
import { median } from './lib/measure.ts'
import { report } from './lib/report.ts'
import { createNestedRowSource } from './lib/rows.ts'

const burstRows = 500
const rounds = 100

const folder = mkdtempSync(join(tmpdir(), 'lossline-bench-'))
const run = await init({ project: 'bench', dir: folder, mode: 'local', silent: true, console: 'off' })
let step = 0
let textLength = 0

/** Nanoseconds a row, of logging and of `JSON.stringify`, as medians of many bursts. */
function measure(numberCount: number): { logNs: number; stringifyNs: number } {
  const nextRow = createNestedRowSource(numberCount)
  const logNs: number[] = []
  const stringifyNs: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const rows = Array.from({ length: burstRows }, () => nextRow(step++))
    const startMs = performance.now()
    for (const row of rows) run.log(row)
    const loggedMs = performance.now()
    // Reading the summary waits until all rows are written: the other thread is idle in both halves.
    if (run.summary.epoch === undefined) throw new Error('no summary')
    const drainedMs = performance.now()
    for (const row of rows) textLength += JSON.stringify(row).length
    const stringifiedMs = performance.now()
    logNs.push(((loggedMs - startMs) / burstRows) * 1e6)
    stringifyNs.push(((stringifiedMs - drainedMs) / burstRows) * 1e6)
  }
  return { logNs: median(logNs), stringifyNs: median(stringifyNs) }
}

const findings = [10, 30].map((numberCount) => {
  const { logNs, stringifyNs } = measure(numberCount)
  return {
    what: `run.log / JSON.stringify, ${numberCount} numbers in nested objects`,
    value: logNs / stringifyNs,
    text: `${logNs.toFixed(0)} ns / ${stringifyNs.toFixed(0)} ns = ${(logNs / stringifyNs).toFixed(3)}`,
    floor: 1,
    goal: 0.3,
  }
})
const rowCount = run.step
await run.finish()
if (rowCount !== step || textLength === 0) throw new Error(`${rowCount} rows logged`)
rmSync(folder, { recursive: true })
report('log-nested: rows of nested objects on the training thread', findings)
