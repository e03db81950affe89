import { createHash, randomUUID } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { copyFile, link, mkdir, open, realpath, rename, rm, stat, utimes } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { StoreError } from '../errors.ts'
import { type BlobDigest, type BlobListing, type Blobs, parseBlobDigest } from './blobs.ts'
import { entriesOf, folderMode, isMissing, statOrUndefined, toBlobError, writeAll } from './directory-files.ts'
import { createDirectoryParts } from './directory-parts.ts'
import { createFolderSync } from './sync-folder.ts'

/** Few calls for large files, and little memory for many. */
const readBytes = 2 ** 18

/** Where the contents are. */
export interface OpenDirectoryBlobsOptions {
  /** The folder; made when the first content is put. */
  readonly path: string
}

/**
 * Keeps contents as files `sha256/ab/cdef…` of a folder. File names are made of digests alone, so nothing that a client sends
 * can point elsewhere. Folders that are made are closed to other accounts. A content gets its name by a rename, after it was written, checked and synced under a temporary one.
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

  const syncFolder = createFolderSync()

  // Deleting looks before it deletes; nobody may find the content there in between.
  const turns = new Map<BlobDigest, Promise<unknown>>()
  const inTurn = async <T>(digest: BlobDigest, work: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(digest) ?? Promise.resolve()).then(work, work)
    turns.set(digest, turn)
    try {
      return await turn
    } finally {
      if (turns.get(digest) === turn) turns.delete(digest)
    }
  }

  /** Gives a checked file its final name; the one that is there wins if it is whole, and counts as put now. */
  const keep = (temporaryFile: string, content: { digest: BlobDigest; sizeBytes: number }): Promise<void> =>
    inTurn(content.digest, async () => {
      const file = fileOf(content.digest)
      if ((await size(content.digest)) === content.sizeBytes) {
        const now = new Date()
        await utimes(file, now, now)
        return
      }
      await mkdir(dirname(file), { recursive: true, mode: folderMode })
      await rename(temporaryFile, file)
      await syncFolder(dirname(file))
    })

  const temporaryFolder = join(path, 'temporary')
  const underWay = new Set<string>()

  const withTemporaryFile = async <T>(work: (temporaryFile: string) => Promise<T>): Promise<T> => {
    const name = randomUUID()
    const temporaryFile = join(temporaryFolder, name)
    underWay.add(name)
    try {
      await mkdir(dirname(temporaryFile), { recursive: true, mode: folderMode })
      return await work(temporaryFile)
    } catch (error) {
      throw toBlobError(error)
    } finally {
      // What stays behind under a random name does no harm, and the first error is the one to tell.
      await rm(temporaryFile, { force: true }).catch(() => {})
      underWay.delete(name)
    }
  }

  /** Adopts a file that is the kept content of its name already: the same inode on the same device. */
  const adoptKept = async (file: string): Promise<{ digest: BlobDigest; sizeBytes: number } | undefined> => {
    try {
      const real = await realpath(file)
      const name = basename(real)
      if (!isDigest(name)) return undefined
      const digest = parseBlobDigest(name)
      const keptFile = fileOf(digest)
      const [given, kept] = await Promise.all([statOrUndefined(real), statOrUndefined(keptFile)])
      if (given === undefined || given.dev !== kept?.dev || given.ino !== kept.ino) return undefined
      // Whoever staged it has written it to the system's cache only. Both at once: the disk takes them in one go.
      await Promise.all([syncFile(real), syncFolder(dirname(keptFile))])
      return { digest, sizeBytes: Number(kept.size) }
    } catch (error) {
      throw toBlobError(error)
    }
  }

  return {
    put: (content, expected) =>
      withTemporaryFile(async (temporaryFile) => {
        const written = await writeAndHash(temporaryFile, content)
        if (expected !== undefined && written.digest !== expected) {
          throw new StoreError({ code: 'conflict', message: `Content has digest ${written.digest}, not ${expected}.` })
        }
        await keep(temporaryFile, written)
        return written
      }),
    async adopt(file, inspect = (content) => content) {
      const kept = await adoptKept(file)
      if (kept !== undefined) return { ...kept, isRead: false }
      return withTemporaryFile(async (temporaryFile) => {
        // Linking a symbolic link would keep the link.
        const real = await realpath(file)
        // A link is hashed like a copy: the name is a promise, not a proof. Who breaks it may change the file later on.
        const isLinked = await linkStaged(real, temporaryFile)
        if (!isLinked) await copyFile(real, temporaryFile, constants.COPYFILE_FICLONE)
        let read = await hashFile(temporaryFile, inspect)
        if (isLinked && read.digest !== basename(real)) {
          await rm(temporaryFile)
          await copyFile(real, temporaryFile, constants.COPYFILE_FICLONE)
          read = await hashFile(temporaryFile, inspect)
        }
        await keep(temporaryFile, read)
        return { ...read, isRead: true }
      })
    },
    async get(digest, range) {
      if ((await size(digest)) === undefined) return undefined
      const part = range && { start: range.first, end: range.last }
      // Node's type of the stream lacks the element type.
      return Readable.toWeb(createReadStream(fileOf(digest), part)) as ReadableStream<Uint8Array>
    },
    has: async (digest) => (await size(digest)) !== undefined,
    size,
    delete: (digest, untouchedSinceMs = Number.POSITIVE_INFINITY) =>
      inTurn(parseBlobDigest(digest), async () => {
        const found = await statOrUndefined(fileOf(digest))
        if (found === undefined || Number(found.mtimeMs) > untouchedSinceMs) return false
        await rm(fileOf(digest)).catch((error: unknown) => {
          throw toBlobError(error)
        })
        return true
      }),
    async collectLeftovers({ untouchedSinceMs, apply }) {
      let [count, sizeBytes] = [0, 0]
      for await (const name of entriesOf(temporaryFolder)) {
        const file = join(temporaryFolder, name)
        const found = await statOrUndefined(file)
        if (found === undefined || underWay.has(name) || Number(found.mtimeMs) > untouchedSinceMs) continue
        if (apply) await rm(file, { force: true, recursive: true })
        count += 1
        sizeBytes += Number(found.size)
      }
      return { count, sizeBytes }
    },
    list: () => listBlobs(join(path, 'sha256')),
    parts: createDirectoryParts({ path: join(path, 'uploads'), withTemporaryFile }),
  }
}

async function* listBlobs(directory: string): AsyncGenerator<BlobListing> {
  for await (const folder of entriesOf(directory)) {
    if (!/^[0-9a-f]{2}$/.test(folder)) continue
    for await (const name of entriesOf(join(directory, folder))) {
      if (!isDigest(folder + name)) continue
      const found = await statOrUndefined(join(directory, folder, name))
      if (found === undefined) continue
      yield {
        digest: parseBlobDigest(folder + name),
        sizeBytes: Number(found.size),
        putAtMs: Number(found.mtimeMs),
      }
    }
  }
}

function isDigest(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text)
}

/** Links a file that is named after its content; false for others, other devices, and file systems without links. */
function linkStaged(file: string, target: string): Promise<boolean> {
  if (!isDigest(basename(file))) return Promise.resolve(false)
  return link(file, target).then(
    () => true,
    () => false,
  )
}

async function hashFile(
  file: string,
  inspect: (content: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
): Promise<{ digest: BlobDigest; sizeBytes: number }> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  const handle = await open(file, 'r')
  try {
    for await (const part of inspect(handle.createReadStream({ autoClose: false, highWaterMark: readBytes }))) {
      hash.update(part)
      sizeBytes += part.length
    }
    // Windows syncs only what is open for writing, and may not let a read-only file be opened so.
    if (process.platform !== 'win32') await handle.sync()
  } finally {
    await handle.close()
  }
  return { digest: parseBlobDigest(hash.digest('hex')), sizeBytes }
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

async function syncFile(file: string): Promise<void> {
  // Windows syncs only what is open for writing, and takes no such handle of a read-only file.
  if (process.platform === 'win32') return
  const handle = await open(file, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
