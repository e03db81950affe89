import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type BlobParts, type BlobUpload, checkPartName, isPartName, noSuchPart } from './blob-parts.ts'
import { entriesOf, folderMode, isMissing, statOrUndefined, toBlobError, writeAll } from './directory-files.ts'

/** What a directory of contents lends to its parts. */
export interface DirectoryPartsOptions {
  /** Holds a folder for each upload, and in it a file for each part. */
  readonly path: string
  readonly withTemporaryFile: <T>(work: (temporaryFile: string) => Promise<T>) => Promise<T>
}

/** Few calls for large files. */
const readBytes = 2 ** 20

/**
 * Parts as files `<upload>/<part>`, each renamed to its place when it is whole. They are not synced: the content that they
 * make is, and one that a power cut has damaged does not pass its check and is sent again.
 */
export function createDirectoryParts({ path, withTemporaryFile }: DirectoryPartsOptions): BlobParts {
  const folderOf = (upload: string): string => join(path, checkPartName(upload))
  const fileOf = (upload: string, part: string): string => join(folderOf(upload), checkPartName(part))

  return {
    put: (upload, part, content) =>
      withTemporaryFile(async (temporaryFile) => {
        const file = fileOf(upload, part)
        await writeFile(temporaryFile, content)
        await mkdir(folderOf(upload), { recursive: true, mode: folderMode })
        await rename(temporaryFile, file)
      }),
    async *read(upload, parts) {
      // Looked for before the first byte: whoever asks too early has not read gigabytes in vain.
      for (const part of new Set(parts)) {
        if ((await statOrUndefined(fileOf(upload, part))) === undefined) throw noSuchPart(upload, part)
      }
      for (const part of parts) yield* readFile(fileOf(upload, part), () => noSuchPart(upload, part))
    },
    async drop(upload) {
      await rm(folderOf(upload), { recursive: true, force: true }).catch((error: unknown) => {
        throw toBlobError(error)
      })
    },
    async *list() {
      for await (const upload of entriesOf(path)) {
        const found = isPartName(upload) ? await measure(join(path, upload)) : undefined
        if (found !== undefined) yield { upload, ...found }
      }
    },
  }
}

async function writeFile(file: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(file, 'wx')
  try {
    for await (const part of content) await writeAll(handle, part)
  } finally {
    await handle.close()
  }
}

async function* readFile(file: string, whenMissing: () => Error): AsyncGenerator<Uint8Array> {
  try {
    // Without an encoding these are Buffers; Node's type does not say so.
    yield* createReadStream(file, { highWaterMark: readBytes }) as AsyncIterable<Buffer>
  } catch (error) {
    throw isMissing(error) ? whenMissing() : toBlobError(error)
  }
}

async function measure(folder: string): Promise<Omit<BlobUpload, 'upload'> | undefined> {
  const found = await statOrUndefined(folder)
  if (found === undefined || !found.isDirectory()) return undefined
  let sizeBytes = 0
  let putAtMs = Number(found.mtimeMs)
  for await (const part of entriesOf(folder)) {
    const file = await statOrUndefined(join(folder, part))
    if (file === undefined) continue
    sizeBytes += Number(file.size)
    putAtMs = Math.max(putAtMs, Number(file.mtimeMs))
  }
  return { sizeBytes, putAtMs }
}
