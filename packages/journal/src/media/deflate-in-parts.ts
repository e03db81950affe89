import { constants, deflateRawSync } from 'node:zlib'

// Compressed at once: a part of a second of work, after which others are shown that this thread is alive.
const partBytes = 8 * 2 ** 20
// 32 KiB window, fastest to default effort: what every reader takes.
const zlibHeader = [0x78, 0x5e]
// The largest prime below 2^16, and how many bytes may be added up before a sum leaves 32 bits (RFC 1950).
const adlerBase = 65_521
const adlerRun = 5552

/** Compresses bytes into one zlib stream, part by part, and calls `onWork` after each. */
export function deflateInParts(bytes: Uint8Array, level: number, onWork: () => void): Uint8Array {
  const parts: Uint8Array[] = [Uint8Array.from(zlibHeader)]
  for (let start = 0; start < bytes.length || start === 0; start += partBytes) {
    const isLast = start + partBytes >= bytes.length
    const finishFlush = isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH
    parts.push(deflateRawSync(bytes.subarray(start, start + partBytes), { level, finishFlush }))
    onWork()
  }
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(adler32(bytes))
  parts.push(checksum)
  return Buffer.concat(parts)
}

function adler32(bytes: Uint8Array): number {
  let low = 1
  let high = 0
  for (let start = 0; start < bytes.length; start += adlerRun) {
    const end = Math.min(start + adlerRun, bytes.length)
    for (let index = start; index < end; index += 1) {
      low += bytes[index] as number
      high += low
    }
    low %= adlerBase
    high %= adlerBase
  }
  return ((high << 16) | low) >>> 0
}
