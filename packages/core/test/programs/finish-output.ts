// Logs some rows and finishes; prints `finishing` when it begins to.
import { init } from '@lossline/core'

const run = await init({ project: 'output' })
for (let step = 0; step < 200; step += 1) run.log({ epoch: step, loss: 1 / (step + 1), constant: 3 })
console.log('finishing')
await run.finish()
console.log('finished')
