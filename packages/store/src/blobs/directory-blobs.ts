import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { StoreError } from '../errors.ts'

/** SHA-256 in 64 lower-case hexadecimal digits; made by {@link parseBlobDigest} or by a {@link Blobs}. */
export type BlobDigest = string & { readonly __brand: 'BlobDigest' }

/** @throws {@link StoreError} `invalid`. */
export function parseBlobDigest(text: string): BlobDigest {
  if (/^[0-9a-f]{64}$/.test(text)) return text as BlobDigest
  throw new StoreError({ code: 'invalid', message: 'A digest is 64 lower-case hexadecimal digits.' })
}

/** Contents by their SHA-256, each kept once. */
export interface Blobs {
  /**
   * Keeps a content; resolves when it is on disk. The same content again costs its reading only.
   *
   * @param expected - The digest that the content should have; another one is refused and nothing kept.
   * @throws {@link StoreError} `conflict` (not the expected content), `full`, `unavailable`; and what the stream throws.
   */
  put(
    content: Uint8Array | AsyncIterable<Uint8Array>,
    expected?: BlobDigest,
  ): Promise<{ readonly digest: BlobDigest; readonly sizeBytes: number }>
  /** The content, or undefined when there is none. Read it or cancel it. */
  get(digest: BlobDigest): Promise<ReadableStream<Uint8Array> | undefined>
  has(digest: BlobDigest): Promise<boolean>
  /** Bytes of the content, or undefined when there is none. */
  size(digest: BlobDigest): Promise<number | undefined>
}

/** Where the contents are. */
export interface OpenDirectoryBlobsOptions {
  /** The folder; made when the first content is put. */
  readonly path: string
}

/**
 * Keeps contents as files `sha256/ab/cdef…` of a folder. File names are made of digests alone, so nothing that a client sends
 * can point elsewhere. A content gets its name by a rename, after it was written, checked and synced under a temporary one.
 *
 * @example
 * const blobs = openDirectoryBlobs({ path: '.lossline/blobs' })
 * const { digest } = await blobs.put(new TextEncoder().encode('hello'))
 */
export function openDirectoryBlobs({ path }: OpenDirectoryBlobsOptions): Blobs {
  // Parsed again: a cast digest from outside must not become a path.
  const fileOf = (digest: BlobDigest): string => {
    const text = parseBlobDigest(digest)
    return join(path, 'sha256', text.slice(0, 2), text.slice(2))
  }

  const size = async (digest: BlobDigest): Promise<number | undefined> => {
    const file = fileOf(digest)
    try {
      return (await stat(file)).size
    } catch (error) {
      if (isMissing(error)) return undefined
      throw toBlobError(error)
    }
  }

  return {
    async put(content, expected) {
      const temporaryFile = join(path, 'temporary', randomUUID())
      try {
        await mkdir(dirname(temporaryFile), { recursive: true })
        const written = await writeAndHash(temporaryFile, content)
        if (expected !== undefined && written.digest !== expected) {
          throw new StoreError({ code: 'conflict', message: `Content has digest ${written.digest}, not ${expected}.` })
        }
        const file = fileOf(written.digest)
        if ((await size(written.digest)) !== written.sizeBytes) {
          await mkdir(dirname(file), { recursive: true })
          await rename(temporaryFile, file)
          await syncDirectory(dirname(file))
        }
        return written
      } catch (error) {
        throw toBlobError(error)
      } finally {
        // What stays behind under a random name does no harm, and the first error is the one to tell.
        await rm(temporaryFile, { force: true }).catch(() => {})
      }
    },
    async get(digest) {
      if ((await size(digest)) === undefined) return undefined
      // Node's type of the stream lacks the element type.
      return Readable.toWeb(createReadStream(fileOf(digest))) as ReadableStream<Uint8Array>
    },
    has: async (digest) => (await size(digest)) !== undefined,
    size,
  }
}

async function writeAndHash(
  file: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<{ digest: BlobDigest; sizeBytes: number }> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  const handle = await open(file, 'wx')
  try {
    for await (const part of content instanceof Uint8Array ? [content] : content) {
      hash.update(part)
      await writeAll(handle, part)
      sizeBytes += part.length
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { digest: parseBlobDigest(hash.digest('hex')), sizeBytes }
}

async function writeAll(handle: FileHandle, part: Uint8Array): Promise<void> {
  for (let offset = 0; offset < part.length; ) {
    offset += (await handle.write(part, offset)).bytesWritten
  }
}

/** Makes the rename durable. Windows cannot sync a folder and does not need it. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** Only errors of the file system are translated; those of the caller's stream pass. */
function toBlobError(error: unknown): unknown {
  if (StoreError.isInstance(error) || !(error instanceof Error) || !('syscall' in error && 'code' in error))
    return error
  const isFull = error.code === 'ENOSPC' || error.code === 'EDQUOT'
  return new StoreError({
    code: isFull ? 'full' : 'unavailable',
    message: `Blob folder: ${error.message}.`,
    hint: isFull ? 'Free some disk space.' : 'Check that the folder exists and that this user may write there.',
    cause: error,
  })
}
