// Prints to both streams, before, during and after a run.
import { init } from '@lossline/core'

const writes = [process.stdout.write, process.stderr.write]
console.log('before')
const run = await init()
console.log('out 1')
console.error('err 1')
process.stdout.write('\rprogress 2\n')
const bytes = Buffer.from('häh\n')
// A character split over two writes.
process.stdout.write(bytes.subarray(0, 2))
await new Promise<void>((resolve) => {
  process.stdout.write(bytes.subarray(2), () => resolve())
})
run.log({ loss: 0.5 })
run.log({ loss: 0.25 })
await run.finish()
console.log('after')
console.log('restored', process.stdout.write === writes[0], process.stderr.write === writes[1])
