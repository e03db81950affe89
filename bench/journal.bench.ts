// Rows from the call to the disk, in one process: training thread and worker together, synced at the end.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRunWriter } from '@lossline/journal'
import { interleave } from './lib/measure.ts'
import { report } from './lib/report.ts'
import { createRowSource } from './lib/rows.ts'

const rowsPerRound = 100_000

const folder = mkdtempSync(join(tmpdir(), 'lossline-bench-'))
const writer = await openRunWriter({
  runDirectory: join(folder, 'run'),
  run: { runId: 'bench', project: 'bench', startTime: { seconds: Math.floor(Date.now() / 1000) } },
  producer: 'bench',
})
const nextRow = createRowSource()
let step = 0
let loggedCount = 0

const durationMs = interleave(
  {
    journal() {
      for (let index = 0; index < rowsPerRound; index += 1) writer.tryLogNumbers(nextRow(step++))
      loggedCount += rowsPerRound
      writer.flushSync()
    },
    stringify() {
      let textLength = 0
      for (let index = 0; index < rowsPerRound; index += 1) textLength += JSON.stringify(nextRow(step++)).length
      return textLength
    },
  },
  { rounds: 9 },
)

const { rowCount, journalPath } = writer.finishSync({ exitCode: 0 })
if (rowCount !== loggedCount) throw new Error(`${rowCount} of ${loggedCount} rows in the journal`)
const bytesPerRow = statSync(journalPath).size / rowCount
rmSync(folder, { recursive: true })

const ratio = durationMs.stringify / durationMs.journal
const toRate = (ms: number) => Math.round((rowsPerRound / ms) * 1000).toLocaleString('en')
report('journal: rows of 10 numbers', [
  {
    what: 'journal rows/s / JSON.stringify rows/s',
    value: ratio,
    text: `${toRate(durationMs.journal)} / ${toRate(durationMs.stringify)} = ${ratio.toFixed(2)}`,
    floor: 0.2,
    goal: 0.7,
    isLessBetter: false,
  },
  { what: 'bytes a row', value: bytesPerRow },
])
