// A training program that ends in the way its first argument names, after as many rows as the second says.
import { writeSync } from 'node:fs'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { init } from '@lossline/core'

const [ending = 'finish', count = '1000', pauseMs = '0'] = process.argv.slice(2)
const rowCount = Number(count)
const run = await init({ project: 'crash', config: { ending } })

let logged = 0
function logRow(): void {
  run.log({ loss: 1 / (logged + 1), row: logged })
  logged += 1
  // Synchronous, so that what is printed was logged, however the process ends.
  if (logged === rowCount || logged % 10_000 === 0 || pauseMs !== '0') writeSync(1, `logged ${logged}\n`)
}
while (logged < rowCount) logRow()

switch (ending) {
  case 'finish':
    await run.finish()
    break
  case 'fall-off-the-end':
    break
  case 'exit':
    process.exit(3)
    break
  case 'exit-code':
    process.exitCode = 4
    break
  case 'throw':
    throw new Error('the training broke')
  case 'reject':
    void Promise.reject(new Error('the training broke later'))
    await setTimeout(10_000)
    break
  case 'caught':
    process.on('uncaughtException', () => writeSync(1, 'caught\n'))
    void setImmediate().then(() => {
      throw new Error('not the end')
    })
    await setTimeout(50)
    break
  case 'own-listener':
    process.on('SIGINT', () => process.exit(7))
    writeSync(1, 'listening\n')
    for (;;) {
      logRow()
      await setTimeout(10)
    }
  case 'yielding':
    for (;;) {
      logRow()
      if (pauseMs === '0') await setImmediate()
      else await setTimeout(Number(pauseMs))
    }
  case 'signal-at-once':
    process.kill(process.pid, 'SIGTERM')
    await setTimeout(10_000)
    break
  case 'stuck-later':
  case 'stuck':
    // Later: once the run has seen the event loop turn.
    if (ending === 'stuck-later') await setTimeout(100)
    for (;;) {
      logRow()
      if (pauseMs !== '0') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(pauseMs))
    }
  case 'exit-while-finishing':
    void run.finish()
    process.exit(5)
}
