import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** Which bytes of a file. */
export interface ByteRange {
  /** Default 0. */
  readonly start?: number
  /** How many. Default: all to the end of the file. */
  readonly bytes?: number
}

/**
 * Digest of a file, or of a part of it, read a mebibyte at a time.
 *
 * @throws the file system's error when it cannot be read.
 */
export async function digestFile(
  path: string,
  algorithm: 'md5' | 'sha256',
  { start = 0, bytes = Number.POSITIVE_INFINITY }: ByteRange = {},
): Promise<Buffer> {
  const hash = createHash(algorithm)
  // The stream's `end` is a byte that is read, so it cannot say "nothing".
  if (bytes > 0) {
    const stream = createReadStream(path, { start, end: start + bytes - 1, highWaterMark: 1 << 20 })
    for await (const chunk of stream) hash.update(chunk as Buffer)
  }
  return hash.digest()
}
