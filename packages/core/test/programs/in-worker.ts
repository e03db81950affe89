// A run in a worker thread, while the main thread has one of its own.
import { isMainThread, threadId, Worker, workerData } from 'node:worker_threads'
import { init } from '@lossline/core'

const ending = isMainThread ? (process.argv[2] ?? 'finish') : String(workerData)
const run = await init({ project: 'demo', id: isMainThread ? 'main' : 'worker' })
run.log({ thread: threadId })
console.log(`printed by ${isMainThread ? 'main' : 'worker'}`)

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url), { workerData: ending })
  const code = await new Promise<number>((resolve) => {
    worker.on('exit', resolve)
    worker.on('error', (error) => console.error(`worker failed: ${(error as Error).message}`))
  })
  run.log({ code })
  await run.finish()
} else if (ending === 'exit') {
  process.exit(4)
} else if (ending === 'throw') {
  throw new Error('the worker broke')
} else {
  await run.finish()
}
