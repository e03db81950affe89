const decoder = new TextDecoder()
/** Pieces of memory begin small: a table may have thousands of columns. */
const firstByteLength = 256
const firstEntryCount = 16

/**
 * The different texts of a column, each once, as UTF-8 in one piece of memory. A text is known by its code, its place among them.
 * What is no UTF-8, such as half of a surrogate pair, is read back as U+FFFD.
 */
export interface TextPool {
  readonly count: number
  /** All texts behind each other; text `code` is from `offsets[code]` to `offsets[code + 1]`. */
  readonly bytes: Uint8Array
  readonly offsets: Uint32Array
  /** Memory taken, with the four bytes for each text that its place in the order may take. */
  readonly sizeBytes: number
  /** The code of a text, which is put in if it is new. */
  intern(source: Uint8Array, from: number, to: number): number
  text(code: number): string
  /** Gives back memory that only growing needs; nothing can be put in any more. */
  compact(): void
  /** The first characters of a text, and whether there are more. */
  start(code: number, lengthMax: number): { readonly text: string; readonly isCut: boolean }
}

/** An empty pool. */
export function createTextPool(): TextPool {
  let bytes = new Uint8Array(firstByteLength)
  let offsets = new Uint32Array(firstEntryCount + 1)
  let hashes = new Uint32Array(firstEntryCount)
  // Codes by hash, −1 = free; at most half full.
  let slots = new Int32Array(2 * firstEntryCount).fill(-1)
  let count = 0

  const grow = (wantedBytes: number): void => {
    if (wantedBytes > bytes.length) {
      const larger = new Uint8Array(Math.max(wantedBytes, 2 * bytes.length))
      larger.set(bytes)
      bytes = larger
    }
    if (count < hashes.length) return
    const moreOffsets = new Uint32Array(2 * count + 1)
    moreOffsets.set(offsets)
    offsets = moreOffsets
    const moreHashes = new Uint32Array(2 * count)
    moreHashes.set(hashes)
    hashes = moreHashes
    slots = new Int32Array(4 * count).fill(-1)
    for (let code = 0; code < count; code += 1) slots[freeSlot(hashes[code]!)] = code
  }

  const freeSlot = (hash: number): number => {
    const mask = slots.length - 1
    let slot = hash & mask
    while (slots[slot] !== -1) slot = (slot + 1) & mask
    return slot
  }

  const isSame = (code: number, source: Uint8Array, from: number, to: number): boolean => {
    const start = offsets[code]!
    if (offsets[code + 1]! - start !== to - from) return false
    for (let at = from, own = start; at < to; at += 1, own += 1) if (bytes[own] !== source[at]) return false
    return true
  }

  return {
    get count() {
      return count
    },
    get bytes() {
      return bytes
    },
    get offsets() {
      return offsets
    },
    get sizeBytes() {
      return bytes.byteLength + offsets.byteLength + hashes.byteLength + slots.byteLength + 4 * count
    },
    intern(source, from, to) {
      const hash = hashOf(source, from, to)
      const mask = slots.length - 1
      for (let slot = hash & mask; slots[slot] !== -1; slot = (slot + 1) & mask) {
        const code = slots[slot]!
        if (hashes[code] === hash && isSame(code, source, from, to)) return code
      }
      const start = offsets[count]!
      grow(start + to - from)
      bytes.set(source.subarray(from, to), start)
      hashes[count] = hash
      slots[freeSlot(hash)] = count
      count += 1
      offsets[count] = start + to - from
      return count - 1
    },
    compact() {
      bytes = bytes.slice(0, offsets[count]!)
      offsets = offsets.slice(0, count + 1)
      hashes = new Uint32Array(0)
      slots = new Int32Array(0)
    },
    text: (code) => decoder.decode(bytes.subarray(offsets[code]!, offsets[code + 1]!)),
    start(code, lengthMax) {
      const [from, to] = [offsets[code]!, offsets[code + 1]!]
      // A character takes four bytes at most.
      const text = decoder.decode(bytes.subarray(from, Math.min(to, from + 4 * lengthMax)))
      const isCut = text.length > lengthMax || to - from > 4 * lengthMax
      return { text: isCut ? text.slice(0, lengthMax) : text, isCut }
    },
  }
}

/** FNV-1a, mixed once more since only the low bits choose the place. */
function hashOf(source: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ source[at]!, 0x01000193)
  hash ^= hash >>> 15
  return Math.imul(hash, 0x2c1b3c6d) >>> 0
}
