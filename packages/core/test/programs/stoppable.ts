// A training that goes on until somebody stops it, and then ends in the way that its argument names.
import { writeSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { init } from '@lossline/core'

const [way = 'default', id = 'endless'] = process.argv.slice(2)
const run = await init({
  id,
  project: 'demo',
  console: 'off',
  ...(way === 'on-stop' ? { onStop: () => void run.finish({ exitCode: 3 }).then(() => process.exit(3)) } : {}),
})
run.log({ loss: 1 })
writeSync(1, 'training\n')

if (way === 'signal') {
  await setTimeout(60_000, undefined, { signal: run.signal }).catch(() => {})
  writeSync(1, `aborted: ${String((run.signal.reason as Error).message)}\n`)
  await run.finish({ exitCode: 1 })
} else if (way === 'stuck') {
  // Never yields: the wish is found by asking.
  const pause = new Int32Array(new SharedArrayBuffer(4))
  while (!run.isStopRequested) {
    run.log({ loss: run.step })
    Atomics.wait(pause, 0, 0, 10)
  }
  await run.finish({ exitCode: 0 })
} else {
  await setTimeout(60_000)
}
