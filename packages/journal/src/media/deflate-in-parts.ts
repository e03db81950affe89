import { constants, deflateRawSync } from 'node:zlib'

// Compressed at once: a part of a second of work, after which others are shown that this thread is alive.
const partBytes = 8 * 2 ** 20
// 32 KiB window, fastest to default effort: what every reader takes.
const zlibHeader = [0x78, 0x5e]
// The largest prime below 2^16, and how many bytes may be added up before a sum leaves 32 bits (RFC 1950).
const adlerBase = 65_521
const adlerRun = 5552

/** How bytes are compressed in parts. */
export interface DeflateInPartsOptions {
  /** zlib's effort, 0 to 9. Default: zlib's own. */
  readonly level?: number
  /** Called after each part. */
  onWork(): void
  /** Called with each part before it is compressed. */
  onPart?(bytes: Uint8Array): void
}

/** Compresses bytes into one zlib stream, part by part. */
export function deflateInParts(bytes: Uint8Array, options: DeflateInPartsOptions): Uint8Array {
  const checksum = createAdler32()
  const body = deflateRawInParts(bytes, { ...options, onPart: checksum.update })
  const end = Buffer.alloc(4)
  end.writeUInt32BE(checksum.value())
  return Buffer.concat([Uint8Array.from(zlibHeader), body, end])
}

/** Compresses bytes without header and checksum (RFC 1951), part by part. */
export function deflateRawInParts(bytes: Uint8Array, { level, onWork, onPart }: DeflateInPartsOptions): Uint8Array {
  const parts: Uint8Array[] = []
  for (let start = 0; start < bytes.length || start === 0; start += partBytes) {
    const part = bytes.subarray(start, start + partBytes)
    const isLast = start + partBytes >= bytes.length
    const finishFlush = isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH
    onPart?.(part)
    parts.push(deflateRawSync(part, { finishFlush, ...(level === undefined ? {} : { level }) }))
    onWork()
  }
  return Buffer.concat(parts)
}

function createAdler32() {
  let low = 1
  let high = 0
  return {
    update(bytes: Uint8Array): void {
      for (let start = 0; start < bytes.length; start += adlerRun) {
        const end = Math.min(start + adlerRun, bytes.length)
        for (let index = start; index < end; index += 1) {
          low += bytes[index] as number
          high += low
        }
        low %= adlerBase
        high %= adlerBase
      }
    },
    value: (): number => ((high << 16) | low) >>> 0,
  }
}
