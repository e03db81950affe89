import { openSync, writeSync } from 'node:fs'
import { openRunWriter } from '@lossline/journal'
import { createRowSource } from './lib/rows.ts'

// Logs at a fixed rate until it is killed. Each logged row adds one byte to a file, after the call returned.
const [runDirectory = '', countPath = '', durability = 'batched', rowsPerSecond = '10000'] = process.argv.slice(2)
const writer = await openRunWriter({
  runDirectory,
  run: { runId: 'bench', project: 'bench', startTime: { seconds: Math.floor(Date.now() / 1000) } },
  producer: 'bench',
  durability: durability === 'sync' ? 'sync' : 'batched',
})
const nextRow = createRowSource()
const countFile = openSync(countPath, 'wx')
const mark = new Uint8Array(1)
const intervalMs = 1000 / Number(rowsPerSecond)
let dueMs = performance.now()
for (let step = 0; ; step += 1) {
  while (performance.now() < dueMs) {
    // Busy, as training is.
  }
  // Time in which the process did not run is not made up for: that would be another rate.
  dueMs = Math.max(dueMs, performance.now() - intervalMs) + intervalMs
  writer.tryLogNumbers(nextRow(step))
  writeSync(countFile, mark)
}
