import { writeSync } from 'node:fs'
import { openRunWriter } from '@lossline/journal'
import { createRowSource } from './lib/rows.ts'

// Logs at a fixed rate until it is killed. Each logged row is one byte on standard output, written after the call.
const [runDirectory = '', durability = 'batched', rowsPerSecond = '10000'] = process.argv.slice(2)
const writer = await openRunWriter({
  runDirectory,
  run: { runId: 'bench', project: 'bench', startTime: { seconds: Math.floor(Date.now() / 1000) } },
  producer: 'bench',
  durability: durability === 'sync' ? 'sync' : 'batched',
})
const nextRow = createRowSource()
const mark = new Uint8Array(1)
const startMs = performance.now()
for (let count = 0; ; ) {
  const dueCount = ((performance.now() - startMs) / 1000) * Number(rowsPerSecond)
  for (; count < dueCount; count += 1) {
    writer.tryLogNumbers(nextRow(count))
    writeSync(1, mark)
  }
}
