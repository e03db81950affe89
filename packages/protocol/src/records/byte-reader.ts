import { ProtocolError } from '../errors.ts'

const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true })

// One character for each byte, whatever the byte.
const byteDecoder = /* @__PURE__ */ new TextDecoder('latin1')

// Up to here, bytes are turned into one text, of which the ASCII strings are then cut: a call for each costs more than they do.
const wholeTextBytesMax = 16 * 1024
// Longer strings are worth a call of their own, and do not keep the whole text alive.
const cutLengthMax = 64

/** Reads protobuf bytes. All errors are `invalid-record`. */
export class ByteReader {
  readonly bytes: Uint8Array
  position: number
  readonly end: number
  readonly #whole: ByteReader
  #text: string | undefined

  constructor(bytes: Uint8Array, start = 0, end: number = bytes.length, whole?: ByteReader) {
    this.bytes = bytes
    this.position = start
    this.end = end
    this.#whole = whole ?? this
  }

  /** A reader of the next bytes, over which this one goes. */
  part(length: number): ByteReader {
    const start = this.skip(length)
    return new ByteReader(this.bytes, start, start + length, this.#whole)
  }

  /** A varint up to 2⁵³ as number, a larger one as the unsigned 64-bit bigint. */
  varint(): number | bigint {
    let value = 0
    let factor = 1
    for (let index = 0; index < 7; index += 1) {
      const byte = this.#byte()
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
      factor *= 128
    }
    let wide = BigInt(value)
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.#byte()
      wide |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) {
        const unsigned = BigInt.asUintN(64, wide)
        return unsigned <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(unsigned) : unsigned
      }
    }
    throw invalidRecord('a varint does not end')
  }

  /** A length or tag. */
  smallVarint(): number {
    const first = this.bytes[this.position] as number
    if (first < 0x80 && this.position < this.end) {
      this.position += 1
      return first
    }
    const value = this.varint()
    if (typeof value === 'bigint' || value > 0xffff_ffff) throw invalidRecord('a length or tag is too large')
    return value
  }

  double(): number {
    const start = this.skip(8)
    return new DataView(this.bytes.buffer, this.bytes.byteOffset + start, 8).getFloat64(0, true)
  }

  string(): string {
    const length = this.smallVarint()
    const start = this.skip(length)
    if (length <= cutLengthMax && this.bytes.length <= wholeTextBytesMax && this.#isAscii(start)) {
      const whole = this.#whole
      whole.#text ??= byteDecoder.decode(this.bytes)
      return whole.#text.slice(start, this.position)
    }
    return decoder.decode(this.bytes.subarray(start, this.position))
  }

  /** Goes over that many bytes and returns where they start. */
  skip(count: number): number {
    const start = this.position
    if (count > this.end - start) throw invalidRecord('it ends too early')
    this.position = start + count
    return start
  }

  /** Goes over a field's value of any type. */
  skipValue(wireType: number): void {
    if (wireType === 0) this.varint()
    else if (wireType === 1) this.skip(8)
    else if (wireType === 2) this.skip(this.smallVarint())
    else if (wireType === 5) this.skip(4)
    else throw invalidRecord(`wire type ${wireType}`)
  }

  /** From there up to the position. */
  #isAscii(start: number): boolean {
    for (let index = start; index < this.position; index += 1) if ((this.bytes[index] as number) > 0x7f) return false
    return true
  }

  #byte(): number {
    if (this.position >= this.end) throw invalidRecord('it ends too early')
    return this.bytes[this.position++] as number
  }
}

/** The error for bytes that are no protobuf message of ours. */
function invalidRecord(reason: string): ProtocolError {
  return new ProtocolError({ code: 'invalid-record', message: `Not a protobuf record: ${reason}.` })
}
