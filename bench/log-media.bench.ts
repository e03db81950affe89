// What `run.log` of an image costs the thread that trains, held against a copy of its bytes, and how fast the other thread
// turns images into files, held against zlib alone.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { Image, init } from '@lossline/core'
import { median } from './lib/measure.ts'
import { report } from './lib/report.ts'

const size = 512
const imageBytes = size * size * 3
// A burst stays below the 32 MiB that may wait, as in training that has work between its images.
const burstImages = 16
const rounds = 12

const folder = mkdtempSync(join(tmpdir(), 'lossline-bench-'))
const run = await init({ project: 'bench', dir: folder, mode: 'local', silent: true, console: 'off' })

/** Something like a photo: slopes, edges and a little noise. */
function makePixels(seed: number): Uint8Array {
  return Uint8Array.from({ length: imageBytes }, (_, index) => {
    const [x, y] = [Math.floor(index / 3) % size, Math.floor(index / 3 / size)]
    const edge = ((x >> 6) + (y >> 6) + seed) % 3 === 0 ? 60 : 0
    return 90 + 50 * Math.sin((x + seed) / 40) + edge + (Math.imul(index + seed, 2_654_435_761) >>> 29)
  })
}

const burst = Array.from({ length: burstImages }, (_, index) => makePixels(index))
const logMs: number[] = []
const copyMs: number[] = []
const encodeMs: number[] = []
const deflateMs: number[] = []
let copiedBytes = 0
let packedBytes = 0
for (let round = -2; round < rounds; round += 1) {
  const startMs = performance.now()
  for (const pixels of burst) run.log({ image: new Image(pixels, { width: size, height: size }) })
  const loggedMs = performance.now()
  // Reading the summary waits until all images are written.
  if (run.summary.image === undefined) throw new Error('no summary')
  const drainedMs = performance.now()
  for (const pixels of burst) copiedBytes += pixels.slice().length
  const copiedMs = performance.now()
  for (const pixels of burst.slice(0, 4)) packedBytes += deflateSync(pixels, { level: 3 }).length
  const deflatedMs = performance.now()
  if (round < 0) continue
  logMs.push((loggedMs - startMs) / burstImages)
  copyMs.push((copiedMs - drainedMs) / burstImages)
  encodeMs.push((drainedMs - startMs) / burstImages)
  deflateMs.push((deflatedMs - copiedMs) / 4)
}
await run.finish()
if (copiedBytes === 0 || packedBytes === 0) throw new Error('nothing was measured')
rmSync(folder, { recursive: true })

const perSecond = (ms: number) => `${(imageBytes / 1e6 / (ms / 1000)).toFixed(0)} MB/s`
const us = (ms: number) => `${(ms * 1000).toFixed(0)} µs`
report(`log-media: RGB images of ${size} × ${size} pixels`, [
  {
    what: 'run.log on the training thread / a copy of the bytes',
    value: median(logMs) / median(copyMs),
    text: `${us(median(logMs))} / ${us(median(copyMs))} = ${(median(logMs) / median(copyMs)).toFixed(2)}`,
    floor: 3,
    goal: 1.5,
  },
  {
    what: 'PNG files on disk from the other thread / zlib alone',
    value: median(encodeMs) / median(deflateMs),
    text: `${perSecond(median(encodeMs))} / ${perSecond(median(deflateMs))} = ${(median(encodeMs) / median(deflateMs)).toFixed(2)}`,
    floor: 3,
    goal: 1.5,
  },
])
