import type { ByteSource } from './byte-source.ts'

// Most of what is wanted is shorter, and what is not wanted is longer: weights.
const windowBytes = 4_096
/** Bytes of the longest head of a field: two varints. */
const headBytesMax = 20
/** A name or text that is longer is no name or text. */
const textBytesMax = 2 ** 20

/** Bytes that are no message. */
export class ProtobufError extends Error {
  override readonly name = 'ProtobufError'
}

/** One field of a message. It is skipped unless one of its functions is called. */
export interface ProtobufField {
  readonly number: number
  /** Of fields of the wire type varint; 0 of others. Whole numbers of 64 bits, with their sign. */
  readonly value: bigint
  text(): Promise<string>
  /** Varints that are packed into one field, or the one of a field that is not packed. */
  varints(): Promise<readonly bigint[]>
  /** Reads the field as a message. */
  message(visit: FieldVisitor): Promise<void>
}

/** Looks at a field, and reads it if it is wanted. */
export type FieldVisitor = (field: ProtobufField) => Promise<void>

/**
 * Reads a message of protocol buffers (protobuf.dev/programming-guides/encoding) by position: bytes of fields that nobody asks for are
 * not read, however many there are.
 *
 * @throws {@link ProtobufError} for bytes that are no message; its text says where.
 */
export async function readProtobuf(source: ByteSource, visit: FieldVisitor): Promise<void> {
  await createReader(source).readMessage(source.size, visit)
}

function createReader(source: ByteSource) {
  let window: Uint8Array = new Uint8Array()
  let windowStart = 0
  let position = 0

  /** Brings what comes next into the window. */
  async function fill(count: number): Promise<void> {
    const offset = position - windowStart
    const wanted = Math.min(count, source.size - position)
    if (offset + wanted <= window.length) return
    windowStart = position
    window = await source.read(position, Math.max(count, windowBytes))
  }

  function varint(end: number): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = position < end ? window[position - windowStart] : undefined
      if (byte === undefined) throw new ProtobufError(`it breaks off at byte ${position}`)
      position += 1
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    throw new ProtobufError(`there is no field at byte ${position - 10}`)
  }

  async function take(length: number): Promise<Uint8Array> {
    await fill(length)
    const start = position - windowStart
    position += length
    return window.subarray(start, start + length)
  }

  async function readField(length: number, number: number): Promise<Uint8Array> {
    if (length <= textBytesMax) return take(length)
    throw new ProtobufError(`field ${number} at byte ${position} is ${length} bytes long, which is no text`)
  }

  async function readMessage(end: number, visit: FieldVisitor): Promise<void> {
    while (position < end) {
      await fill(headBytesMax)
      const start = position
      const tag = Number(varint(end))
      const [number, wireType] = [Math.floor(tag / 8), tag % 8]
      const value = wireType === 0 ? BigInt.asIntN(64, varint(end)) : 0n
      const length = lengthOf(wireType, end)
      const fieldEnd = position + length
      if (number === 0 || fieldEnd > end) {
        throw new ProtobufError(
          number === 0
            ? `there is no field at byte ${start}`
            : `field ${number} at byte ${start} is ${length} bytes long, and ${end - position} are left`,
        )
      }
      await visit({
        number,
        value,
        text: async () => new TextDecoder().decode(await readField(length, number)),
        varints: async () => (wireType === 0 ? [value] : await readVarints(fieldEnd)),
        message: (inner) => readMessage(fieldEnd, inner),
      })
      position = fieldEnd
    }
  }

  function lengthOf(wireType: number, end: number): number {
    switch (wireType) {
      case 0:
        return 0
      case 1:
        return 8
      case 2:
        return Number(varint(end))
      case 5:
        return 4
      default:
        throw new ProtobufError(`there is no field at byte ${position}`)
    }
  }

  async function readVarints(end: number): Promise<bigint[]> {
    const values: bigint[] = []
    while (position < end) {
      await fill(headBytesMax)
      values.push(BigInt.asIntN(64, varint(end)))
    }
    return values
  }

  return { readMessage }
}
