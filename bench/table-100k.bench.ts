// A table of 100,000 rows and 10 columns: what adding its rows and logging it costs the thread that trains, and how long it
// takes until both files are on disk, held against JSON.stringify of the same rows; and W&B's Python client beside it.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { init, Table } from '@lossline/core'
import { findPythonClient } from '@lossline/testing'
import { median } from './lib/measure.ts'
import { report } from './lib/report.ts'

const rowCount = 100_000
const rounds = 5
const columns = Array.from({ length: 10 }, (_, index) => `c${index}`)
const rows = Array.from({ length: rowCount }, (_, i) => [
  i,
  i * 0.5,
  i / 3,
  i % 7,
  -i,
  `text ${i}`,
  `label ${i % 10}`,
  i % 2 === 0,
  i * 1e-3,
  i % 5 === 0 ? null : i,
])

const folder = mkdtempSync(join(tmpdir(), 'lossline-bench-'))
const run = await init({ project: 'bench', dir: folder, mode: 'local', silent: true, console: 'off' })
const addMs: number[] = []
const logMs: number[] = []
const diskMs: number[] = []
const stringifyMs: number[] = []
let stringifiedLength = 0
for (let round = -1; round < rounds; round += 1) {
  const startMs = performance.now()
  const table = new Table({ columns })
  for (const row of rows) table.addRow(...row)
  const addedMs = performance.now()
  run.log({ table })
  const loggedMs = performance.now()
  // Reading the summary waits until the table is written.
  if (run.summary.table === undefined) throw new Error('no summary')
  const writtenMs = performance.now()
  stringifiedLength += JSON.stringify(rows).length
  const stringifiedMs = performance.now()
  if (round < 0) continue
  addMs.push(addedMs - startMs)
  logMs.push(loggedMs - addedMs)
  diskMs.push(writtenMs - startMs)
  stringifyMs.push(stringifiedMs - writtenMs)
}
await run.finish()
if (stringifiedLength === 0) throw new Error('nothing was measured')

const yardstickMs = median(stringifyMs)
const line = (what: string, ms: number, floor: number, goal: number) => ({
  what: `${what} / JSON.stringify of the rows`,
  value: ms / yardstickMs,
  text: `${ms.toFixed(0)} ms / ${yardstickMs.toFixed(0)} ms = ${(ms / yardstickMs).toFixed(2)}`,
  floor,
  goal,
})
report(`table-100k: ${rowCount.toLocaleString('en')} rows of 10 columns`, [
  line('adding all rows', median(addMs), 2, 1),
  line('run.log on the training thread', median(logMs), 0.5, 0.15),
  line('from the first row until on disk', median(diskMs), 8, 5),
])

const client = findPythonClient()
if ('python' in client) {
  const program = new URL('table-child.py', import.meta.url).pathname
  const { stdout } = spawnSync(client.python, [program, String(rowCount), folder], { encoding: 'utf8' })
  const { addMs: add, logMs: log, diskMs: disk } = JSON.parse(stdout) as Record<string, number>
  const times = (theirs: number | undefined, ours: number) =>
    `${(theirs ?? 0).toFixed(0)} ms, ${((theirs ?? 0) / ours).toFixed(0)} times ours`
  console.log(
    `W&B's client: adding ${times(add, median(addMs))}; log ${times(log, median(logMs))}; until on disk ${times(disk, median(diskMs))}`,
  )
} else console.log(`W&B's client: ${client.missing}`)
rmSync(folder, { recursive: true })
