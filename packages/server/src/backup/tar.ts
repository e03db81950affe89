/** A file in an archive. */
export interface TarEntry {
  /** With `/` between its parts. */
  readonly path: string
  readonly sizeBytes: number
  /** Permissions, such as 0o600. */
  readonly mode: number
  readonly mtimeMs: number
}

/** Everything in a tar file comes in blocks of this size. */
export const blockBytes = 512

/** Two empty blocks end an archive. */
export const tarEnd: Uint8Array = new Uint8Array(2 * blockBytes)

/** What the classic header has room for; longer names and sizes go into a pax header before it. */
const nameBytesMax = 100
const sizeBytesMax = 8 ** 11 - 1

/** Header of a file in the format of POSIX (pax), which every `tar` reads. The content and {@link tarPadding} follow it. */
export function tarHeader(entry: TarEntry): Uint8Array {
  const records: string[] = []
  const isPlain = /^[\x20-\x7e]*$/.test(entry.path) && entry.path.length <= nameBytesMax
  if (!isPlain) records.push(paxRecord('path', entry.path))
  if (entry.sizeBytes > sizeBytesMax) records.push(paxRecord('size', String(entry.sizeBytes)))
  const header = classicHeader(entry, '0')
  if (records.length === 0) return header
  const text = Buffer.from(records.join(''))
  const extended = classicHeader({ ...entry, path: 'pax', sizeBytes: text.length }, 'x')
  return Buffer.concat([extended, text, tarPadding(text.length), header])
}

/** Fills the last block of a content. */
export function tarPadding(sizeBytes: number): Uint8Array {
  return new Uint8Array(paddingBytes(sizeBytes))
}

export function paddingBytes(sizeBytes: number): number {
  return (blockBytes - (sizeBytes % blockBytes)) % blockBytes
}

function classicHeader({ path, sizeBytes, mode, mtimeMs }: TarEntry, kind: '0' | 'x'): Buffer {
  const header = Buffer.alloc(blockBytes)
  const octal = (value: number, digitCount: number): string => value.toString(8).padStart(digitCount, '0')
  header.write(path.slice(0, nameBytesMax), 0, nameBytesMax, 'latin1')
  header.write(`${octal(mode & 0o777, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0`, 100, 'latin1')
  // A size that does not fit stands in the pax header.
  header.write(`${octal(sizeBytes > sizeBytesMax ? 0 : sizeBytes, 11)}\0`, 124, 'latin1')
  header.write(`${octal(Math.max(0, Math.floor(mtimeMs / 1000)), 11)}\0`, 136, 'latin1')
  // The checksum counts itself as spaces.
  header.write(`        ${kind}`, 148, 'latin1')
  header.write('ustar\x0000', 257, 'latin1')
  const checksum = header.reduce((sum, byte) => sum + byte, 0)
  header.write(`${octal(checksum, 6)}\0 `, 148, 'latin1')
  return header
}

/** `<length> key=value\n`, where the length counts its own digits too. */
function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`)
  let length = rest + String(rest).length
  if (rest + String(length).length !== length) length += 1
  return `${length} ${key}=${value}\n`
}
