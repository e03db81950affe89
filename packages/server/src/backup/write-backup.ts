import { createHash, randomUUID } from 'node:crypto'
import { appendFile, type FileHandle, mkdir, open, opendir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Blobs, copySqliteDatabase, openSqliteStore, parseBlobDigest, type Store } from '@lossline/store'
import { systemClock } from '../clock.ts'
import { ServerError } from '../errors.ts'
import { createDirectoryRunFiles } from '../files/directory-run-files.ts'
import { ignoreMissing } from '../files/ignore-missing.ts'
import { ownerOnlyFolder } from '../files/owner-only.ts'
import {
  backupFormat,
  backupHeadName,
  backupWorkPrefix,
  keptFileNames,
  type ManifestLine,
  manifestName,
  toManifestLine,
} from './backup-format.ts'
import { type TarEntry, tarEnd, tarHeader, tarPadding } from './tar.ts'

export interface WriteBackupOptions {
  readonly dataDirectory: string
  readonly blobs: Blobs
  /** Version of this program, for whoever reads the archive. */
  readonly version: string
  readonly nowMs: number
}

/** A backup that is being made. Close it, also after reading it to its end. */
export interface OpenedBackup {
  /** The archive; read it once. */
  readonly parts: AsyncGenerator<Uint8Array>
  close(): Promise<void>
}

const readBytes = 2 ** 18
const contentBatchCount = 500
const smallBytesMax = 8 * 2 ** 20

/**
 * Copies the database, then gives out an archive of the copy and of everything that it refers to. Contents must not be
 * collected meanwhile. Memory stays the same however large the contents are; names of run files' contents are held.
 *
 * @throws {@link StoreError} when the database cannot be copied; while it is read {@link ServerError} `backup-changed`.
 */
export async function openBackup(options: WriteBackupOptions): Promise<OpenedBackup> {
  const work = join(options.dataDirectory, `${backupWorkPrefix}${randomUUID()}`)
  const copyPath = join(work, 'store.db')
  const close = (): Promise<void> => rm(work, { recursive: true, force: true })
  try {
    await mkdir(work, ownerOnlyFolder)
    await copySqliteDatabase({ path: join(options.dataDirectory, 'store.db'), targetPath: copyPath })
    return { parts: writeParts(options, work, copyPath), close }
  } catch (error) {
    await close().catch(() => {})
    throw error
  }
}

async function* writeParts(options: WriteBackupOptions, work: string, copyPath: string): AsyncGenerator<Uint8Array> {
  const { dataDirectory, blobs, version, nowMs } = options
  const manifestPath = join(work, 'manifest')
  const add = async function* (path: string, file: string): AsyncGenerator<Uint8Array> {
    const written = yield* writeFileEntry(path, file)
    if (written !== undefined) await appendFile(manifestPath, toManifestLine(written))
  }
  const head = { format: backupFormat, version, createdAtMs: nowMs }
  yield* writeTextEntry(backupHeadName, `${JSON.stringify(head)}\n`, nowMs)
  // As it was copied: opening it as a store writes to it.
  yield* add('store.db', copyPath)
  for (const name of keptFileNames) yield* add(name, join(dataDirectory, name))
  for await (const path of filesBelow(join(dataDirectory, 'runs'), 'runs')) yield* add(path, join(dataDirectory, path))

  const copy = await openSqliteStore({ path: copyPath })
  try {
    const ofRuns = new Set<string>()
    const files = createDirectoryRunFiles(dataDirectory, blobs, systemClock)
    for await (const { run } of files.contents()) {
      // Its number may be another run's after a restore.
      if ((await copy.runById(run)) === undefined) continue
      yield* add(`run-files/${run}.jsonl`, join(dataDirectory, 'run-files', `${run}.jsonl`))
    }
    // After the lists: what they name was there before.
    for await (const { digests } of files.contents()) for (const digest of digests) ofRuns.add(digest)
    for await (const digest of neededContents(copy, blobs, ofRuns)) {
      const path = `blobs/sha256/${digest.slice(0, 2)}/${digest.slice(2)}`
      yield* add(path, join(dataDirectory, path))
    }
  } finally {
    await copy.close()
  }
  await appendFile(manifestPath, '')
  yield* writeFileEntry(manifestName, manifestPath)
  yield tarEnd
}

async function* neededContents(copy: Store, blobs: Blobs, ofRuns: ReadonlySet<string>): AsyncGenerator<string> {
  let batch: string[] = []
  async function* flush(): AsyncGenerator<string> {
    const used = await copy.artifacts.contentsInUse(batch.map((digest) => parseBlobDigest(digest)))
    for (const digest of batch) if (used.has(digest) || ofRuns.has(digest)) yield digest
    batch = []
  }
  for await (const { digest } of blobs.list()) {
    batch.push(digest)
    if (batch.length >= contentBatchCount) yield* flush()
  }
  yield* flush()
}

/** Paths of the files below a folder. Links to files count as files; what is no file is left out. */
async function* filesBelow(folder: string, prefix: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch(ignoreMissing)
  for await (const entry of entries ?? []) {
    const path = `${prefix}/${entry.name}`
    if (entry.isDirectory()) yield* filesBelow(join(folder, entry.name), path)
    else yield path
  }
}

async function* writeTextEntry(path: string, text: string, mtimeMs: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  yield tarHeader({ path, sizeBytes: bytes.length, mode: 0o600, mtimeMs })
  yield bytes
  yield tarPadding(bytes.length)
}

/** The first so many bytes of a file as they are now; a journal may grow meanwhile. Nothing for a file that is not there. */
async function* writeFileEntry(path: string, file: string): AsyncGenerator<Uint8Array, ManifestLine | undefined> {
  // Opening a pipe would wait for somebody to write into it.
  if (!(await stat(file).catch(ignoreMissing))?.isFile()) return undefined
  const handle = await open(file, 'r').catch(ignoreMissing)
  if (handle === undefined) return undefined
  try {
    const found = await handle.stat()
    // Whole, because programs may write such files anew while they are read.
    const small = found.size <= smallBytesMax ? await handle.readFile() : undefined
    const sizeBytes = small?.length ?? found.size
    const entry: TarEntry = { path, sizeBytes, mode: found.mode, mtimeMs: found.mtimeMs }
    yield tarHeader(entry)
    const hash = createHash('sha256')
    let readCount = 0
    for await (const part of small === undefined ? readFirst(handle, sizeBytes) : [small]) {
      hash.update(part)
      readCount += part.length
      yield part
    }
    if (readCount !== sizeBytes) throw changed(path)
    yield tarPadding(sizeBytes)
    return { path, sizeBytes, sha256: hash.digest('hex') }
  } finally {
    await handle.close()
  }
}

function readFirst(handle: FileHandle, sizeBytes: number): AsyncIterable<Uint8Array> {
  return handle.createReadStream({ autoClose: false, start: 0, end: sizeBytes - 1, highWaterMark: readBytes })
}

function changed(path: string): ServerError {
  return new ServerError({
    code: 'backup-changed',
    message: `${path} became shorter while it was read.`,
    hint: 'Make the backup again.',
  })
}
