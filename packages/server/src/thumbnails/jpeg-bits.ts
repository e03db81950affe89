import { brokenPicture } from './small-picture.ts'

/** For 16 bits that come: the length of their code in the upper byte and its symbol in the lower; 0 where there is none. */
export function createHuffmanTable(counts: Uint8Array, symbols: Uint8Array): Uint16Array {
  const table = new Uint16Array(2 ** 16)
  let code = 0
  let symbol = 0
  for (let length = 1; length <= 16; length += 1) {
    for (let index = 0; index < counts[length - 1]!; index += 1) {
      const from = code << (16 - length)
      if (from >= 2 ** 16) throw brokenPicture()
      table.fill((length << 8) | symbols[symbol++]!, from, from + 2 ** (16 - length))
      code += 1
    }
    code <<= 1
  }
  return table
}

/** Reads the bits of one scan of a JPEG. */
export interface ScanReader {
  /** Where the bytes that were not read yet begin. */
  readonly at: number
  symbol(table: Uint16Array): number
  /** Up to 16 of them. */
  bits(count: number): number
  /** A number of so many bits as JPEG writes signed ones. */
  signed(length: number): number
  /** Goes on behind the next restart marker. */
  restart(): void
}

/** More bytes than these that are not there, and the file has been cut off. */
const missingBytesMax = 16

/** @param from - Of the first byte behind the head of the scan. */
export function createScanReader(bytes: Uint8Array, from: number): ScanReader {
  return new Reader(bytes, from)
}

class Reader implements ScanReader {
  readonly #bytes: Uint8Array
  at: number
  #buffer = 0
  #count = 0
  #missing = 0

  constructor(bytes: Uint8Array, from: number) {
    this.#bytes = bytes
    this.at = from
  }

  symbol(table: Uint16Array): number {
    if (this.#count < 16) this.#fill()
    const entry = table[(this.#buffer >>> (this.#count - 16)) & 0xffff]!
    if (entry === 0) throw brokenPicture()
    this.#count -= entry >> 8
    return entry & 0xff
  }

  bits(count: number): number {
    if (this.#count < count) this.#fill()
    this.#count -= count
    return (this.#buffer >>> this.#count) & ((1 << count) - 1)
  }

  signed(length: number): number {
    if (length === 0) return 0
    if (length > 16) throw brokenPicture()
    const value = this.bits(length)
    return value < 1 << (length - 1) ? value - (1 << length) + 1 : value
  }

  restart(): void {
    this.#count = 0
    const marker = this.#bytes[this.at + 1]
    if (this.#bytes[this.at] !== 0xff || marker === undefined || marker < 0xd0 || marker > 0xd7) throw brokenPicture()
    this.at += 2
    this.#missing = 0
  }

  #fill(): void {
    const bytes = this.#bytes
    while (this.#count <= 24) {
      let byte = bytes[this.at] ?? -1
      if (byte === 0xff && bytes[this.at + 1] === 0) this.at += 2
      else if (byte >= 0 && byte !== 0xff) this.at += 1
      else {
        // A marker, or the end: zeros follow, as far as a code may look ahead.
        this.#missing += 1
        if (this.#missing > missingBytesMax) throw brokenPicture()
        byte = 0
      }
      this.#buffer = (this.#buffer << 8) | byte
      this.#count += 8
    }
  }
}
