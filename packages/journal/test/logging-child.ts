import { existsSync, writeSync } from 'node:fs'
import { openRunWriter } from '@lossline/journal'

// A program that logs, ends in the way that its first argument names, and says on standard output how many rows it logged.
const [ending = '', runDirectory = '', durability = 'batched'] = process.argv.slice(2)

const writer = await openRunWriter({
  runDirectory,
  run: { runId: 'child', project: 'crash', startTime: { seconds: Math.floor(Date.now() / 1000) } },
  producer: 'test',
  durability: durability === 'sync' ? 'sync' : 'batched',
  fsyncIntervalMs: 20,
})
let exitCodeOfError: number | undefined
process.on('uncaughtExceptionMonitor', () => {
  exitCodeOfError = 1
})
process.on('exit', (code) => {
  const { rowCount } = writer.finishSync({ exitCode: exitCodeOfError ?? code })
  writeSync(1, `written ${rowCount}\n`)
})

let count = 0
function log(): void {
  if (!writer.tryLogNumbers({ loss: 1 / (count + 1), count })) throw new Error('not taken')
  count += 1
}

/** Logs without ever giving the event loop a turn, until a file named `stop` appears beside the run directory. */
function logWithoutYielding(): void {
  writer.defineMetric({ name: 'loss', summary: { min: true, max: true, mean: true } })
  for (;;) {
    log()
    if (count % 1000 !== 0) continue
    writeSync(1, `${count}\n`)
    if (existsSync(`${runDirectory}.stop`)) return
  }
}

switch (ending) {
  case 'exit-at-once':
    for (let index = 0; index < 10; index += 1) log()
    process.exit(3)
    break
  case 'exit-in-loop':
    while (count < 1e9) {
      log()
      if (count === 50_000) process.exit(3)
    }
    break
  case 'throw':
    for (let index = 0; index < 5000; index += 1) log()
    throw new Error('training failed')
  case 'reject':
    for (let index = 0; index < 5000; index += 1) log()
    void Promise.reject(new Error('training failed later'))
    break
  case 'end-without-finish':
    for (let index = 0; index < 5000; index += 1) log()
    break
  case 'never-yield':
    logWithoutYielding()
    break
  case 'row-a-second':
    setInterval(() => {
      log()
      writeSync(1, `${count}\n`)
    }, 1000)
    break
  case 'kill-itself-early':
    log()
    // Ten times as long as a row may wait, and much less than a worker takes to start from source.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 40)
    process.kill(process.pid, 'SIGKILL')
    break
  case 'sync-rows':
    while (count < 1e9) {
      log()
      writeSync(1, '.')
    }
    break
  case 'finish-after-unawaited-flush':
    void writer.flush()
    while (count < 100_000) log()
    await writer.finish({ exitCode: 0 })
    writeSync(1, 'went on\n')
    break
  case 'finish-then-exit-handler':
    log()
    await writer.finish({ exitCode: 0 })
    break
  default:
    throw new Error(`No ending named "${ending}"`)
}
