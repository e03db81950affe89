import type { MediaArray } from './media-snapshot.ts'

/** Shared memory that media wait in until they are written. Used by the training thread only. */
export interface MediaMemory {
  /** Makes room for what the next message brings; blocks until there is. */
  reserve(arrays: readonly MediaArray[]): void
  /** Copies an array into the room that was reserved last. */
  copy<Kind extends MediaArray>(array: Kind): Kind
  /** The room that was reserved last belongs to this message; it is free when the message is safe. */
  seal(messageNumber: number): void
}

/** What {@link createMediaMemory} needs. */
export interface CreateMediaMemoryOptions {
  readonly bytesMax: number
  /** Number of messages that are safe, counted up modulo 2^32. */
  safeMessages(): number
  /** Blocks until more messages may be safe. */
  wait(): void
}

interface Region {
  readonly messageNumber: number
  readonly bytes: number
}

/**
 * Makes the memory: one piece of shared memory, used as a ring, since messages become safe in the order in which they were
 * sent. It is allocated with the first media. A message with more than `bytesMax` waits until nothing else does, and the
 * memory grows to it.
 *
 * Shared memory is allocated once on purpose: V8 does not count it, so a program that makes a piece for each image holds
 * gigabytes before the garbage collector runs.
 */
export function createMediaMemory({ bytesMax, safeMessages, wait }: CreateMediaMemoryOptions): MediaMemory {
  let memory = new SharedArrayBuffer(0)
  const regions: Region[] = []
  let usedBytes = 0
  let head = 0
  let reserved = { offset: 0, bytes: 0 }

  function forgetSafe(): void {
    const safe = safeMessages()
    while (regions.length > 0 && ((safe - (regions[0] as Region).messageNumber) | 0) >= 0) {
      usedBytes -= (regions.shift() as Region).bytes
    }
    if (regions.length === 0) {
      usedBytes = 0
      head = 0
    }
  }

  /** Where so many bytes fit in one piece; undefined when they do not yet. */
  function place(bytes: number): { offset: number; bytes: number } | undefined {
    const size = memory.byteLength
    if (head + bytes <= size && usedBytes + bytes <= size) return { offset: head, bytes }
    const skipped = size - head
    // The end of the memory is skipped; it is given back with the message that begins at its start.
    if (usedBytes + skipped + bytes <= size) return { offset: 0, bytes: skipped + bytes }
    return undefined
  }

  return {
    reserve(arrays) {
      const bytes = arrays.reduce((sum, array) => sum + align(array.byteLength), 0)
      forgetSafe()
      if (bytes > memory.byteLength || memory.byteLength === 0) {
        while (regions.length > 0) {
          wait()
          forgetSafe()
        }
        // In powers of two, so that values which grow little by little do not each leave a memory behind.
        memory = new SharedArrayBuffer(bytes <= bytesMax ? bytesMax : 2 ** Math.ceil(Math.log2(bytes)))
      }
      let found = place(bytes)
      while (found === undefined) {
        wait()
        forgetSafe()
        found = place(bytes)
      }
      usedBytes += found.bytes
      reserved = found
      head = found.offset
    },
    copy(array) {
      const Kind = kindOf(array)
      // An array of the same kind.
      const copy = new Kind(memory, head, array.length) as typeof array
      copy.set(array)
      head += align(array.byteLength)
      return copy
    },
    seal(messageNumber) {
      regions.push({ messageNumber, bytes: reserved.bytes })
      reserved = { offset: 0, bytes: 0 }
    },
  }
}

const kinds = [Uint8Array, Uint8ClampedArray, Int16Array, Int32Array, Float32Array, Float64Array]

/** The constructor of an array's kind; that of a subclass, such as Buffer, may want other arguments. */
function kindOf(array: MediaArray): new (buffer: SharedArrayBuffer, offset: number, length: number) => MediaArray {
  return kinds.find((kind) => array instanceof kind) ?? Uint8Array
}

/** Every array begins where any of them may. */
function align(bytes: number): number {
  return Math.ceil(bytes / 8) * 8
}
