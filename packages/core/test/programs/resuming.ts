// A training program that says how it started, logs as many rows as it is told to, and ends in a way of its own.
import { writeSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { init } from '@lossline/core'

const [ending = 'finish', count = '3', options = '{}'] = process.argv.slice(2)
const run = await init({ project: 'demo', ...(JSON.parse(options) as object) })
const { id, name, startingStep, isResumed, group, jobType, notes, tags } = run
const summary = run.summary.toJSON()
writeSync(
  1,
  `started ${JSON.stringify({ id, name, startingStep, isResumed, group, jobType, notes, tags, config: run.config.toJSON(), summary })}\n`,
)
for (let i = 0; i < Number(count); i++) run.log({ loss: 100 - run.step })
run.summary.best = run.step
process.stdout.write(`printed at step ${run.step}\n`)
if (ending === 'kill') {
  await setTimeout(200)
  process.kill(process.pid, 'SIGKILL')
}
await run.finish({ exitCode: ending === 'fail' ? 1 : 0 })
