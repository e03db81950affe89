// Logs some rows and finishes; prints `finishing` when it begins to. Waits before if PROGRAM_PAUSES is set.
import { setTimeout } from 'node:timers/promises'
import { init } from '@lossline/core'

const run = await init({ project: 'output' })
for (let step = 0; step < 200; step += 1) run.log({ epoch: step, loss: 1 / (step + 1), constant: 3 })
if (process.env.PROGRAM_PAUSES) {
  // Signals are listened for from the first turn of the event loop on.
  await setTimeout(50)
  console.log('pausing')
  await setTimeout(60_000)
}
console.log('finishing')
await run.finish()
console.log('finished')
