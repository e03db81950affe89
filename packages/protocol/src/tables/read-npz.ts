import { ProtocolError } from '../errors.ts'
import { startsWith } from '../media/image-header.ts'

/** An array that was read from a file of NumPy. */
export interface ReadArray {
  /** Row by row. Booleans are 0 and 1; 64-bit integers beyond 2^53 are rounded. */
  readonly numbers: Float64Array
  readonly shape: readonly number[]
}

/** What {@link readNpzArray} needs of the platform. */
export interface ReadNpzEffects {
  /** Decompresses what has neither header nor checksum (RFC 1951), to `sizeBytes` at most. */
  inflateRaw(bytes: Uint8Array, sizeBytes: number): Uint8Array
}

const endBytes = 22
const directoryHeaderBytes = 46
const localHeaderBytes = 30
// Stands for a number that is in the extension for large files.
const beyond32Bits = 0xffff_ffff

/**
 * Reads one array of an `.npz` file: little-endian numbers or booleans, stored or compressed, as `numpy.savez` and
 * `numpy.savez_compressed` write them. Files of 4 GiB and more are not read.
 *
 * @param name - Of the array, without `.npy`.
 * @throws {@link ProtocolError} `invalid-table` when the file is damaged, or holds no such array or one of another kind.
 */
export function readNpzArray(bytes: Uint8Array, name: string, effects: ReadNpzEffects): ReadArray {
  try {
    return readNpy(findEntry(bytes, `${name}.npy`, effects))
  } catch (cause) {
    if (ProtocolError.isInstance(cause)) throw cause
    throw unreadable('it is damaged', cause)
  }
}

function findEntry(bytes: Uint8Array, name: string, { inflateRaw }: ReadNpzEffects): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  let offset = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(offset, true) !== 0x02014b50) throw unreadable('it is damaged')
    const nameBytes = view.getUint16(offset + 28, true)
    const nameStart = offset + directoryHeaderBytes
    const entryName = new TextDecoder().decode(bytes.subarray(nameStart, nameStart + nameBytes))
    if (entryName === name) {
      const method = view.getUint16(offset + 10, true)
      const compressedBytes = view.getUint32(offset + 20, true)
      const sizeBytes = view.getUint32(offset + 24, true)
      const local = view.getUint32(offset + 42, true)
      if ([compressedBytes, sizeBytes, local].includes(beyond32Bits)) throw unreadable('it has 4 GiB or more')
      // The name and what follows it may have other lengths here than in the directory.
      const start = local + localHeaderBytes + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
      const content = bytes.subarray(start, start + compressedBytes)
      if (method === 0) return content
      if (method === 8) return inflateRaw(content, sizeBytes)
      throw unreadable(`its method of compression is ${method}`)
    }
    offset = nameStart + nameBytes + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true)
  }
  throw unreadable(`it holds no "${name}"`)
}

/** Where the last record of the archive is; a comment may stand behind it. */
function findEnd(view: DataView): number {
  for (let offset = view.byteLength - endBytes; offset >= 0; offset -= 1) {
    if (view.getUint32(offset, true) === 0x06054b50) return offset
  }
  throw unreadable('it is no archive')
}

function readNpy(bytes: Uint8Array): ReadArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!startsWith(bytes, '\x93NUMPY')) throw unreadable('it holds no array')
  const isOld = bytes[6] === 1
  const headerStart = isOld ? 10 : 12
  const start = headerStart + (isOld ? view.getUint16(8, true) : view.getUint32(8, true))
  const header = new TextDecoder().decode(bytes.subarray(headerStart, start))
  const kind = /'descr': *'([^']*)'/.exec(header)?.[1] ?? ''
  const shapeText = /'shape': *\(([\d, ]*)\)/.exec(header)?.[1]
  if (shapeText === undefined) throw unreadable('its array has no shape')
  if (/'fortran_order': *True/.test(header)) throw unreadable('its array lies column by column')
  const shape = shapeText.split(',').flatMap((text) => (text.trim() === '' ? [] : [Number(text)]))
  const element = elements[kind]
  if (element === undefined) throw unreadable(`its numbers are of the kind "${kind}"`)
  const count = shape.reduce((product, length) => product * length, 1)
  if (start + count * element.bytes > bytes.length) throw unreadable('its array is cut off')
  const numbers = new Float64Array(count)
  for (let index = 0; index < count; index += 1) numbers[index] = element.read(view, start + index * element.bytes)
  return { numbers, shape }
}

/** How numbers are read, by what NumPy calls their kinds. */
const elements: Readonly<Record<string, { readonly bytes: number; read(view: DataView, offset: number): number }>> = {
  '|b1': { bytes: 1, read: (view, offset) => Number(view.getUint8(offset) !== 0) },
  '|i1': { bytes: 1, read: (view, offset) => view.getInt8(offset) },
  '|u1': { bytes: 1, read: (view, offset) => view.getUint8(offset) },
  '<i2': { bytes: 2, read: (view, offset) => view.getInt16(offset, true) },
  '<u2': { bytes: 2, read: (view, offset) => view.getUint16(offset, true) },
  '<i4': { bytes: 4, read: (view, offset) => view.getInt32(offset, true) },
  '<u4': { bytes: 4, read: (view, offset) => view.getUint32(offset, true) },
  '<i8': { bytes: 8, read: (view, offset) => Number(view.getBigInt64(offset, true)) },
  '<u8': { bytes: 8, read: (view, offset) => Number(view.getBigUint64(offset, true)) },
  '<f4': { bytes: 4, read: (view, offset) => view.getFloat32(offset, true) },
  '<f8': { bytes: 8, read: (view, offset) => view.getFloat64(offset, true) },
}

function unreadable(why: string, cause?: unknown): ProtocolError {
  return new ProtocolError({
    code: 'invalid-table',
    message: `The arrays of a table cannot be read from their file: ${why}.`,
    ...(cause === undefined ? {} : { cause }),
  })
}
