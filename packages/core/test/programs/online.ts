// Trains against the server that LOSSLINE_BASE_URL names; the first argument says how it ends.
import { setTimeout } from 'node:timers/promises'
import { init } from '@lossline/core'

const run = await init({ project: 'online', apiKey: 'k'.repeat(40), config: { key: 'k'.repeat(40) } })
console.log(`mode ${run.mode}`)
for (let row = 0; row < 100; row += 1) run.log({ row })
if (process.argv[2] === 'wait') {
  // Signals are listened for from the first turn of the event loop on.
  await setTimeout(50)
  console.log('waiting')
  await setTimeout(60_000)
}
if (process.argv[2] === 'finish') await run.finish()
