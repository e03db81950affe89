import { type ProtocolError, tooLarge } from '../errors.ts'
import type { Crc32 } from '../framing/crc32.ts'

/** An array of NumPy under a name. */
export interface NamedArray {
  readonly name: string
  /** Row by row. */
  readonly numbers: Float64Array
  readonly shape: readonly number[]
}

/** What {@link encodeNpz} needs of the platform. */
export interface NpzEffects {
  /** Compresses without header and checksum (RFC 1951). */
  deflateRaw(bytes: Uint8Array): Uint8Array
  readonly crc32: Crc32
  /** Called now and then while it takes long. */
  onWork?(): void
}

const npyAlignment = 64
const localHeaderBytes = 30
const directoryHeaderBytes = 46
const endBytes = 22
// 1 January 1980, the earliest date of the format: the same array gives the same bytes at any time.
const date = 0x21
const deflated = 8
// Sizes are numbers of 32 bits, of which the largest stands for one in an extension.
const contentBytesMax = 2 ** 32 - 2
// Numbers between two signs of life.
const workNumbers = 2 ** 20
const utf8Flag = 0x800

/**
 * An `.npz` file of one array, as `numpy.savez_compressed` writes it.
 *
 * @throws {@link ProtocolError} `too-large` when the array takes 4 GiB or more.
 */
export function encodeNpz(array: NamedArray, { deflateRaw, crc32, onWork }: NpzEffects): Uint8Array {
  const content = encodeNpy(array, onWork)
  const checksum = crc32(content)
  onWork?.()
  const compressed = deflateRaw(content)
  const name = new TextEncoder().encode(`${array.name}.npy`)
  if (localHeaderBytes + name.length + compressed.length > contentBytesMax) throw beyondFormat(array)
  const directoryOffset = localHeaderBytes + name.length + compressed.length
  const bytes = new Uint8Array(directoryOffset + directoryHeaderBytes + name.length + endBytes)
  const view = new DataView(bytes.buffer)

  /** The 26 bytes that the two headers share. */
  function writeFacts(offset: number): void {
    const shorts = [20, utf8Flag, deflated, 0, date]
    for (const [index, value] of shorts.entries()) view.setUint16(offset + 2 * index, value, true)
    view.setUint32(offset + 10, checksum, true)
    view.setUint32(offset + 14, compressed.length, true)
    view.setUint32(offset + 18, content.length, true)
    view.setUint16(offset + 22, name.length, true)
  }

  view.setUint32(0, 0x04034b50, true)
  writeFacts(4)
  bytes.set(name, localHeaderBytes)
  bytes.set(compressed, localHeaderBytes + name.length)
  view.setUint32(directoryOffset, 0x02014b50, true)
  view.setUint16(directoryOffset + 4, 20, true)
  writeFacts(directoryOffset + 6)
  bytes.set(name, directoryOffset + directoryHeaderBytes)
  const end = directoryOffset + directoryHeaderBytes + name.length
  view.setUint32(end, 0x06054b50, true)
  view.setUint16(end + 8, 1, true)
  view.setUint16(end + 10, 1, true)
  view.setUint32(end + 12, end - directoryOffset, true)
  view.setUint32(end + 16, directoryOffset, true)
  return bytes
}

function beyondFormat({ name, numbers }: Pick<NamedArray, 'name' | 'numbers'>): ProtocolError {
  return tooLarge(`The ${numbers.length} numbers of "${name}" are more than the 4 GiB that an .npz file holds.`)
}

/** An `.npy` file, version 1.0: 64-bit floats, little-endian, row by row. */
function encodeNpy({ name, numbers, shape }: NamedArray, onWork?: () => void): Uint8Array {
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const description = `{'descr': '<f8', 'fortran_order': False, 'shape': (${dimensions}), }`
  const unpadded = 10 + description.length + 1
  const headerBytes = Math.ceil(unpadded / npyAlignment) * npyAlignment
  const contentBytes = headerBytes + 8 * numbers.length
  if (contentBytes > contentBytesMax) throw beyondFormat({ name, numbers })
  const bytes = new Uint8Array(contentBytes)
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0])
  const view = new DataView(bytes.buffer)
  view.setUint16(8, headerBytes - 10, true)
  bytes.set(new TextEncoder().encode(`${description}${' '.repeat(headerBytes - unpadded)}\n`), 10)
  for (let index = 0; index < numbers.length; index += 1) {
    if (index % workNumbers === 0) onWork?.()
    view.setFloat64(headerBytes + 8 * index, numbers[index] as number, true)
  }
  return bytes
}
