// The sample's runs take minutes of their own time and milliseconds of the build's: all clocks of this thread say what they
// are told, and what would be random comes from a seed. The same sources then make the same sample.
import { randomUUID } from 'node:crypto'
import { createRandom } from './random.mjs'

/** Where the sample's time ends: when it is loaded, everything is moved so that this is shortly before. */
export const endsAtMs = Date.UTC(2026, 0, 15, 12)

const RealDate = globalThis.Date
let nowMs = endsAtMs

/** Sets all clocks. @param {number} ms - Unix milliseconds, not before the last ones given for the same run. */
export function setTime(ms) {
  nowMs = ms
}

/** Lets time pass. @param {number} ms */
export function passTime(ms) {
  nowMs += ms
}

/** The present moment, Unix milliseconds. */
export function now() {
  return nowMs
}

/** Puts the clocks and the chance of this thread under control, for as long as the process runs. */
export function takeOverTime() {
  globalThis.Date = class extends RealDate {
    constructor(...parts) {
      if (parts.length === 0) super(nowMs)
      else super(...parts)
    }
    static now() {
      return nowMs
    }
  }
  performance.now = () => nowMs - endsAtMs + 1e9
  process.hrtime.bigint = () => BigInt(Math.round((nowMs - endsAtMs + 1e9) * 1e6))
  const random = createRandom(1)
  Math.random = random
  const fill = (array) => {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(random() * 256)
    return array
  }
  crypto.getRandomValues = fill
  crypto.randomUUID = () => {
    const hex = Buffer.from(fill(new Uint8Array(16))).toString('hex')
    return randomUUID().replace(/[^-]/g, (_, at) => hex[at % 32])
  }
}
