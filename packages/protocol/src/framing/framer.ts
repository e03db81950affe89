import { type Crc32, crc32 as pureCrc32 } from './crc32.ts'
import { blockSize, fileHeader, fragmentHeaderSize, fragmentType } from './format.ts'

/** Where in a file the first record comes to stand, and how checksums are made. */
export interface FramerOptions {
  /** Default: a checksum in JavaScript; on Node pass `zlib.crc32`. */
  readonly crc32?: Crc32
  /** Where in the file the first byte will go. 0 (the default) begins with the file's header. */
  readonly fileOffset?: number
}

/** Cuts records into the fragments of a `.wandb` file and collects the bytes to be written. */
export interface Framer {
  /** File offset behind everything appended so far. */
  readonly fileOffset: number
  /** Number of bytes collected. */
  readonly length: number
  /** Appends a record: the first `length` bytes of `payload` (default: all of it). They are copied. */
  append(payload: Uint8Array, length?: number): void
  /** The bytes collected; a view that the next `append` or `clear` spoils. */
  bytes(): Uint8Array
  /** Forgets the bytes collected, which have been written. The buffer is used again. */
  clear(): void
}

/** Makes a framer that goes on at `fileOffset`. */
export function createFramer(options: FramerOptions = {}): Framer {
  const { crc32 = pureCrc32 } = options
  let fileOffset = options.fileOffset ?? 0
  let buffer = new Uint8Array(2 * blockSize)
  let length = 0

  function reserve(byteCount: number): void {
    if (length + byteCount <= buffer.length) return
    const larger = new Uint8Array(Math.max(2 * buffer.length, length + byteCount))
    larger.set(buffer.subarray(0, length))
    buffer = larger
  }

  function appendFragment(payload: Uint8Array, start: number, end: number, type: number): void {
    const at = length
    const size = end - start
    buffer[at + 4] = size & 0xff
    buffer[at + 5] = size >>> 8
    buffer[at + 6] = type
    if (size === payload.length) buffer.set(payload, at + fragmentHeaderSize)
    else buffer.set(payload.subarray(start, end), at + fragmentHeaderSize)
    length = at + fragmentHeaderSize + size
    fileOffset += fragmentHeaderSize + size
    const checksum = crc32(buffer.subarray(at + 6, length))
    buffer[at] = checksum & 0xff
    buffer[at + 1] = (checksum >>> 8) & 0xff
    buffer[at + 2] = (checksum >>> 16) & 0xff
    buffer[at + 3] = checksum >>> 24
  }

  if (fileOffset === 0) {
    buffer.set(fileHeader)
    length = fileHeader.length
    fileOffset = fileHeader.length
  }

  return {
    get fileOffset() {
      return fileOffset
    },
    get length() {
      return length
    },
    append(payload, payloadLength = payload.length) {
      const fragmentCountMax = Math.ceil(payloadLength / (blockSize - fragmentHeaderSize)) + 2
      reserve(payloadLength + fragmentCountMax * 2 * fragmentHeaderSize)
      let start = 0
      let isFirst = true
      let isLast = false
      while (!isLast) {
        let room = blockSize - (fileOffset % blockSize)
        if (room < fragmentHeaderSize) {
          buffer.fill(0, length, length + room)
          length += room
          fileOffset += room
          room = blockSize
        }
        const end = Math.min(payloadLength, start + room - fragmentHeaderSize)
        isLast = end === payloadLength
        const { full, first, middle, last } = fragmentType
        appendFragment(payload, start, end, isFirst ? (isLast ? full : first) : isLast ? last : middle)
        start = end
        isFirst = false
      }
    },
    bytes() {
      return buffer.subarray(0, length)
    },
    clear() {
      length = 0
    },
  }
}
