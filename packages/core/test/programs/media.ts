// Logs rows and images, then ends as its first argument says.
import { writeSync } from 'node:fs'
import { Image, init } from '@lossline/core'

const [ending = 'exit'] = process.argv.slice(2)
if (ending === 'many') await logMany()
const run = await init({ project: 'media', silent: true })
// Noise: images that take their time to be compressed.
let state = 1
const noise = (): Uint8Array =>
  Uint8Array.from({ length: 3 * 300_000 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 24
  })
const images = [noise(), noise(), noise()]
const startMs = performance.now()
for (let row = 0; row < 1000; row += 1) run.log({ row })
for (const pixels of images) run.log({ image: new Image(pixels, { width: 600, height: 500 }) })

if (ending === 'exit') {
  writeSync(1, `${performance.now() - startMs}\n`)
  process.exit(0)
}
if (ending === 'kill') {
  // The few milliseconds that a kill may take of rows are over, and so is the time that the images take.
  await new Promise((resolve) => setTimeout(resolve, 3000))
  process.kill(process.pid, 'SIGKILL')
}

/** 200 MB of images in a loop that never yields. */
async function logMany(): Promise<void> {
  const run = await init({ project: 'media', silent: true })
  const pixels = new Uint8Array(200_000)
  run.log({ image: new Image(pixels, { width: 500, height: 400 }) })
  const before = process.memoryUsage().rss
  let most = before
  for (let step = 0; step < 1000; step += 1) {
    pixels.fill(step)
    run.log({ image: new Image(pixels, { width: 500, height: 400 }) })
    most = Math.max(most, process.memoryUsage().rss)
  }
  writeSync(1, `${JSON.stringify({ addedBytes: most - before })}\n`)
  await run.finish()
  process.exit(0)
}
