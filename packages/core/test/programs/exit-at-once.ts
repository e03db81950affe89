// Logs 1,000 rows and three images and exits in the same turn. Prints the milliseconds from the first row to the exit.
import { writeSync } from 'node:fs'
import { Image, init } from '@lossline/core'

const run = await init({ project: 'exit' })
const pixels = Uint8Array.from({ length: 64 * 64 }, (_, index) => index)
const startedAtMs = performance.now()
for (let row = 0; row < 1000; row += 1) {
  const sample = row % 400 === 0 ? { sample: new Image(pixels, { width: 64, height: 64, caption: `row ${row}` }) } : {}
  run.log({ row, loss: 1 / (row + 1), ...sample })
}
writeSync(1, `${performance.now() - startedAtMs}\n`)
process.exit(0)
