const encoder = /* @__PURE__ */ new TextEncoder()

/** Builds protobuf bytes in a buffer that grows. */
export class ByteWriter {
  #bytes = new Uint8Array(512)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** A copy of what was written. */
  toBytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  clear(): void {
    this.#length = 0
  }

  varint(value: number): void {
    this.#reserve(10)
    let rest = value
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = (rest % 128) | 0x80
      rest = Math.floor(rest / 128)
    }
    this.#bytes[this.#length++] = rest
  }

  /** Any 64-bit integer; a negative one takes ten bytes. */
  integer(value: number | bigint): void {
    if (typeof value === 'number' && value >= 0) {
      this.varint(value)
      return
    }
    this.#reserve(10)
    let rest = BigInt.asUintN(64, BigInt(value))
    while (rest > 0x7fn) {
      this.#bytes[this.#length++] = Number(rest & 0x7fn) | 0x80
      rest >>= 7n
    }
    this.#bytes[this.#length++] = Number(rest)
  }

  double(value: number): void {
    this.#reserve(8)
    new DataView(this.#bytes.buffer).setFloat64(this.#length, value, true)
    this.#length += 8
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length)
    this.#bytes.set(value, this.#length)
    this.#length += value.length
  }

  /** A string with its length. Lone surrogates, which UTF-8 cannot hold, become U+FFFD. */
  string(text: string): void {
    this.delimited(() => {
      this.#reserve(text.length * 3)
      for (let index = 0; index < text.length; index += 1) {
        const code = text.charCodeAt(index)
        if (code > 0x7f) {
          this.#length += encoder.encodeInto(text.slice(index), this.#bytes.subarray(this.#length)).written
          return
        }
        this.#bytes[this.#length++] = code
      }
    })
  }

  /** What `write` writes, preceded by its length. */
  delimited(write: () => void): void {
    this.#reserve(1)
    const start = ++this.#length
    write()
    const size = this.#length - start
    if (size <= 0x7f) {
      this.#bytes[start - 1] = size
      return
    }
    // One byte was kept for the length, and it takes more: make room.
    const extra = varintSize(size) - 1
    this.#reserve(extra)
    this.#bytes.copyWithin(start + extra, start, this.#length)
    this.#length = start - 1
    this.varint(size)
    this.#length += size
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + count))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}

/** Number of bytes of a varint. */
export function varintSize(value: number): number {
  let size = 1
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 128)) size += 1
  return size
}
