import { inflateRawSync } from 'node:zlib'

/** Compressed arrays of numbers become a thousand times as long at most: so small a file may fill the memory. */
const sizeBytesMax = 256 * 2 ** 20

/**
 * Decompresses what has neither header nor checksum (RFC 1951), to `sizeBytes` at most.
 *
 * @throws RangeError when it becomes longer than that, or than 256 MiB; an error of Node's when it is damaged.
 */
export function inflateRaw(bytes: Uint8Array, sizeBytes: number): Uint8Array {
  if (sizeBytes > sizeBytesMax) throw new RangeError(`${sizeBytes} bytes are not decompressed.`)
  return inflateRawSync(bytes, { maxOutputLength: sizeBytes + 1 })
}
