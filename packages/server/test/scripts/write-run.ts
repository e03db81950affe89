import { writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { openRunWriter } from '@lossline/journal'

// Logs a hundred rows and then waits to be killed.
const [directory = '', runId = ''] = process.argv.slice(2)
const runDirectory = join(directory, 'runs', `run-20261124_101500-${runId}`)
const run = await openRunWriter({
  runDirectory,
  run: { runId, project: 'demo', startTime: { seconds: Math.floor(Date.now() / 1000), nanos: 0 } },
  producer: 'test/1',
  durability: 'sync',
})
writeFileSync(
  join(runDirectory, 'process.json'),
  JSON.stringify({ pid: process.pid, host: hostname(), startedAtMs: Date.now() }),
)
run.defineMetric({ name: 'loss', summary: { min: true, max: true, mean: true } })
for (let i = 0; i < 100; i++) run.tryLogNumbers({ loss: i, i })
console.log('logged')
setInterval(() => {}, 1000)
