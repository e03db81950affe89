// Runs until its journal holds a text, the first argument. The second says whether the event loop turns meanwhile.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { init } from '@lossline/core'

const [wanted = '', loop = 'turns'] = process.argv.slice(2)
const run = await init({ project: 'metrics' })
const journal = join(run.directory, `run-${run.id}.wandb`)
const startedAtMs = performance.now()
let row = 0

function isThere(): boolean {
  return performance.now() - startedAtMs > 1500 && readFileSync(journal, 'latin1').includes(wanted)
}

while (!isThere()) {
  run.log({ row })
  row += 1
  if (loop === 'turns') await setTimeout(20)
  else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
}
await run.finish()
