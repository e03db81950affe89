import { type Crc32, crc32 as pureCrc32 } from './crc32.ts'
import { blockSize, fileHeader, fragmentHeaderSize, fragmentType } from './format.ts'

/** Where in the file the bytes begin, and how checksums are made. */
export interface ScannerOptions {
  /** Default: a checksum in JavaScript; on Node pass `zlib.crc32`. */
  readonly crc32?: Crc32
  /** File offset of the first byte that will be pushed: 0 (the default), or the `endOffset` of a record. */
  readonly fileOffset?: number
}

/** A whole record. `payload` may be a view of the pushed bytes. Offsets are those of its first byte and behind its last. */
export interface RecordScanEvent {
  readonly kind: 'record'
  readonly payload: Uint8Array
  readonly offset: number
  readonly endOffset: number
}

/**
 * Bytes that hold no record that could be read.
 *
 * - `header`: not a `.wandb` file of version 0. Nothing more is read.
 * - `checksum`, `length`: a damaged fragment; the rest of its block is skipped.
 * - `order`: a record without its end, because another one begins.
 * - `protobuf`: a record that is whole but cannot be decoded. The scanner never says this; readers that decode do.
 */
export interface DamageScanEvent {
  readonly kind: 'damage'
  /** File offset of the damaged fragment. */
  readonly offset: number
  readonly reason: 'header' | 'checksum' | 'length' | 'order' | 'protobuf'
  /** Bytes that were given up, from `offset` on: up to the end of the block, whether or not they are there yet. */
  readonly skippedBytes: number
}

/** What a scanner finds: a record, or a damaged place that it has passed over. */
export type ScanEvent = RecordScanEvent | DamageScanEvent

/** How the bytes pushed so far end. An unexpected end may be cured by more bytes. */
export interface ScanEnd {
  readonly kind: 'clean' | 'unexpected-end'
  /** Behind the last whole record: where a reader can go on later. */
  readonly offset: number
  /** Behind the last whole fragment. */
  readonly fragmentOffset: number
}

/** What the bytes so far consist of. */
export interface FragmentCounts {
  readonly full: number
  readonly first: number
  readonly middle: number
  readonly last: number
  /** Fragments of type FIRST without data, which end a block. */
  readonly emptyFirst: number
  readonly paddingBytes: number
}

/** Finds the records in the bytes of a `.wandb` file, pushed in pieces of any size. */
export interface Scanner {
  /** Takes the next bytes in. Payloads are valid as long as `bytes` is not changed. */
  push(bytes: Uint8Array): ScanEvent[]
  /** How the file would end here. More may be pushed afterwards. */
  end(): ScanEnd
  readonly fragments: FragmentCounts
}

/** Makes a scanner. */
export function createScanner(options: ScannerOptions = {}): Scanner {
  const { crc32 = pureCrc32, fileOffset = 0 } = options
  const fragments = { full: 0, first: 0, middle: 0, last: 0, emptyFirst: 0, paddingBytes: 0 }
  let held: Uint8Array = new Uint8Array()
  // File offset of the first byte of `held`.
  let heldOffset = fileOffset
  let needsHeader = fileOffset === 0
  let isForeign = false
  // Everything before this offset is skipped.
  let skipUntil = 0
  let parts: Uint8Array[] | undefined
  let recordOffset = 0
  let endOffset = fileOffset

  /** Returns the offset behind the last byte that was used. */
  function scan(bytes: Uint8Array, base: number, events: ScanEvent[]): number {
    let offset = base
    const limit = base + bytes.length
    if (needsHeader) {
      if (limit - offset < fileHeader.length) return offset
      needsHeader = false
      if (fileHeader.some((byte, index) => bytes[index] !== byte)) {
        isForeign = true
        events.push({ kind: 'damage', offset: 0, reason: 'header', skippedBytes: limit })
        return limit
      }
      offset = fileHeader.length
      endOffset = offset
    }
    while (offset < limit) {
      if (offset < skipUntil) {
        offset = Math.min(skipUntil, limit)
        continue
      }
      const blockEnd = offset - (offset % blockSize) + blockSize
      if (blockEnd - offset < fragmentHeaderSize) {
        const paddingEnd = Math.min(blockEnd, limit)
        fragments.paddingBytes += paddingEnd - offset
        offset = paddingEnd
        continue
      }
      if (limit - offset < fragmentHeaderSize) return offset
      const at = offset - base
      const size = (bytes[at + 4] as number) | ((bytes[at + 5] as number) << 8)
      const type = bytes[at + 6] as number
      const checksum = readUint32(bytes, at)
      if (type === 0 && size === 0 && checksum === 0 && parts === undefined) {
        // A file that was made larger before it was written: the rest of the block is empty.
        skipUntil = blockEnd
        continue
      }
      const fragmentEnd = offset + fragmentHeaderSize + size
      if (fragmentEnd > blockEnd) {
        giveUpBlock('length', offset, blockEnd, events)
        continue
      }
      if (fragmentEnd > limit) return offset
      if (crc32(bytes.subarray(at + 6, fragmentEnd - base)) !== checksum) {
        giveUpBlock('checksum', offset, blockEnd, events)
        continue
      }
      take(type, bytes.subarray(at + fragmentHeaderSize, fragmentEnd - base), offset, fragmentEnd, events)
      offset = fragmentEnd
    }
    return offset
  }

  function giveUpBlock(reason: 'length' | 'checksum', offset: number, blockEnd: number, events: ScanEvent[]): void {
    parts = undefined
    skipUntil = blockEnd
    endOffset = blockEnd
    events.push({ kind: 'damage', offset, reason, skippedBytes: blockEnd - offset })
  }

  function take(type: number, data: Uint8Array, offset: number, end: number, events: ScanEvent[]): void {
    const startsRecord = type === fragmentType.full || type === fragmentType.first
    if (startsRecord && parts !== undefined) {
      parts = undefined
      events.push({ kind: 'damage', offset: recordOffset, reason: 'order', skippedBytes: offset - recordOffset })
    }
    if (type === fragmentType.full) {
      fragments.full += 1
      endOffset = end
      events.push({ kind: 'record', payload: data, offset, endOffset: end })
    } else if (type === fragmentType.first) {
      fragments.first += 1
      if (data.length === 0) fragments.emptyFirst += 1
      recordOffset = offset
      parts = [data.slice()]
    } else if (parts === undefined) {
      // The rest of a record whose beginning was skipped.
      endOffset = end
    } else if (type === fragmentType.middle) {
      fragments.middle += 1
      parts.push(data.slice())
    } else if (type === fragmentType.last) {
      fragments.last += 1
      parts.push(data)
      events.push({ kind: 'record', payload: concatenate(parts), offset: recordOffset, endOffset: end })
      parts = undefined
      endOffset = end
    }
  }

  return {
    fragments,
    push(pushed) {
      const events: ScanEvent[] = []
      if (isForeign || pushed.length === 0) return events
      const bytes = held.length === 0 ? pushed : concatenate([held, pushed])
      const used = scan(bytes, heldOffset, events) - heldOffset
      held = used === bytes.length ? new Uint8Array() : bytes.slice(used)
      heldOffset += used
      return events
    },
    end() {
      const isWhole = parts === undefined && held.every((byte) => byte === 0)
      return { kind: isWhole ? 'clean' : 'unexpected-end', offset: endOffset, fragmentOffset: heldOffset }
    },
  }
}

function readUint32(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  )
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
