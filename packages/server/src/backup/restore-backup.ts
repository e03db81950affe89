import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, chmod, mkdir, open, readdir, rename, rm, rmdir, utimes } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { openSqliteStore } from '@lossline/store'
import { z } from 'zod'
import { ServerError } from '../errors.ts'
import { ownerOnlyFile, ownerOnlyFolder } from '../files/owner-only.ts'
import { forgetStoreId, makeDataFolder, putAside, removeWork } from '../start/data-directory.ts'
import { requireNoServer } from '../start/require-no-server.ts'
import {
  backupFormat,
  backupHeadName,
  keptFileNames,
  keptFolderNames,
  manifestName,
  restoreWorkPrefix,
  settingsNames,
  toManifestLine,
} from './backup-format.ts'
import { damaged, type ReadTarEntry, readTar } from './read-tar.ts'

/** What to restore, and where. */
export interface RestoreBackupOptions {
  readonly file: string
  /** Made if missing. */
  readonly dataDirectory: string
  /** Put what the data folder holds aside, into a folder in it, instead of refusing. Default false. */
  readonly replace?: boolean
  readonly nowMs: number
}

/** What was restored. */
export interface RestoreReport {
  readonly createdAtMs: number
  /** Of the program that made the backup. */
  readonly version: string
  readonly fileCount: number
  readonly sizeBytes: number
  /** Where the former content of the data folder is now; undefined if there was none. */
  readonly formerDirectory: string | undefined
}

const headSchema = z.object({ format: z.string(), version: z.string(), createdAtMs: z.number() })

/**
 * Brings a backup into a data folder. Everything is written beside and checked by its digest before anything gets its place. Folders,
 * the database and settings are closed to other accounts; a restore that fails leaves no folder behind.
 *
 * @throws {@link ServerError} `backup-damaged`, `data-directory` (holds something, or cannot be made), `server-already-running`; StoreError
 * `newer-version` for a backup of a later release.
 */
export async function restoreBackup(options: RestoreBackupOptions): Promise<RestoreReport> {
  const dataDirectory = resolve(options.dataDirectory)
  await requireNoServer(dataDirectory)
  await access(options.file).catch((cause: Error) => {
    throw damaged(`it cannot be read (${cause.message})`, cause)
  })
  const made = makeDataFolder(dataDirectory)
  try {
    return await restoreInto(dataDirectory, options)
  } catch (error) {
    // What was there before is there now, and nothing else. One that somebody has put something into stays.
    for (const folder of made.toReversed()) await rmdir(folder).catch(() => {})
    throw error
  }
}

async function restoreInto(dataDirectory: string, options: RestoreBackupOptions): Promise<RestoreReport> {
  const former = await formerEntries(dataDirectory)
  if (former.length > 0 && options.replace !== true) throw notEmpty(dataDirectory, former)
  await removeWork(dataDirectory, restoreWorkPrefix)
  const work = join(dataDirectory, `${restoreWorkPrefix}${randomUUID()}`)
  const root = join(work, 'data')
  await mkdir(root, { recursive: true, mode: ownerOnlyFolder })
  try {
    const { head, fileCount, sizeBytes } = await extract(options.file, { work, root })
    // Opens it as the server will, so that a later release's is refused before anything is put aside.
    await (await openSqliteStore({ path: join(root, 'store.db') })).close()
    const formerDirectory = await putAside(dataDirectory, former, { reason: 'restore', nowMs: options.nowMs })
    // Run folders may have sent more than the backup holds.
    await forgetStoreId(dataDirectory)
    await moveIn(root, dataDirectory)
    return { createdAtMs: head.createdAtMs, version: head.version, fileCount, sizeBytes, formerDirectory }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Gives what was checked its place. */
async function moveIn(root: string, dataDirectory: string): Promise<void> {
  // The database last: without it, a server that starts too early finds no runs rather than half of the files.
  const names = (await readdir(root)).sort((a, b) => Number(a === 'store.db') - Number(b === 'store.db'))
  const present = new Set(await readdir(dataDirectory))
  for (const name of names) {
    // Settings for this place win over those of the other one.
    if (present.has(name) && settingsNames.includes(name)) continue
    if (keptFolderNames.includes(name)) await rm(join(dataDirectory, name), { recursive: true, force: true })
    await rename(join(root, name), join(dataDirectory, name))
  }
}

/** Names of what keeps a folder from being restored into: its own settings and an empty folder of runs do not. */
async function formerEntries(dataDirectory: string): Promise<readonly string[]> {
  const ours = /^store\.db|^(store-id|upload-secret|resume\.json|runs|run-files|blobs)$/
  const names = (await readdir(dataDirectory)).filter((name) => ours.test(name))
  const isEmpty = async (name: string): Promise<boolean> =>
    ['runs', 'run-files', 'blobs'].includes(name) && (await readdir(join(dataDirectory, name))).length === 0
  const found: string[] = []
  for (const name of names) if (name !== 'store-id' && !(await isEmpty(name))) found.push(name)
  return found
}

async function extract(file: string, { work, root }: { readonly work: string; readonly root: string }) {
  const ownManifest = join(work, 'found.jsonl')
  const saidManifest = join(work, manifestName)
  const lines = await open(ownManifest, 'a')
  let head: z.infer<typeof headSchema> | undefined
  let isComplete = false
  let fileCount = 0
  let totalBytes = 0
  try {
    for await (const { entry, content } of readTar(createReadStream(file))) {
      if (head === undefined) {
        head = await readHead({ entry, content })
      } else if (entry.path === manifestName) {
        await pipeline(content, createWriteStream(saidManifest))
        isComplete = true
      } else {
        const path = join(root, checkPath(entry.path))
        const hash = createHash('sha256')
        await mkdir(dirname(path), { recursive: true, mode: ownerOnlyFolder })
        await pipeline(hashing(content, hash), createWriteStream(path, { flags: 'wx', flush: true }))
        // The folders of all others are closed.
        await chmod(path, dirname(path) === root ? ownerOnlyFile : entry.mode | ownerOnlyFile)
        await utimes(path, entry.mtimeMs / 1000, entry.mtimeMs / 1000)
        const sha256 = hash.digest('hex')
        await lines.appendFile(toManifestLine({ path: entry.path, sizeBytes: entry.sizeBytes, sha256 }))
        fileCount += 1
        totalBytes += entry.sizeBytes
      }
    }
  } finally {
    await lines.close()
  }
  if (head === undefined || !isComplete) throw damaged('it is not complete')
  await compareManifests(ownManifest, saidManifest)
  return { head, fileCount, sizeBytes: totalBytes }
}

async function readHead({ entry, content }: ReadTarEntry): Promise<z.infer<typeof headSchema>> {
  if (entry.path !== backupHeadName || entry.sizeBytes > 10_000) throw damaged('it was not made by lossline backup')
  const parts: Uint8Array[] = []
  for await (const part of content) parts.push(part)
  const parsed = headSchema.safeParse(parseOrUndefined(Buffer.concat(parts).toString('utf8')))
  if (!parsed.success) throw damaged('its head cannot be read', parsed.error)
  if (parsed.data.format === backupFormat) return parsed.data
  throw damaged(`its format is ${parsed.data.format}, which this release does not know`)
}

function parseOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Only what a backup holds, and nothing outside of the folder. */
function checkPath(path: string): string {
  const [first = '', ...rest] = path.split('/')
  const isKept =
    rest.length === 0 ? first === 'store.db' || keptFileNames.includes(first) : keptFolderNames.includes(first)
  if (!isKept || rest.some((part) => part === '' || part === '.' || part === '..' || /[\0\\]/.test(part))) {
    throw damaged(`it holds ${JSON.stringify(path)}, which no backup does`)
  }
  return path
}

async function* hashing(
  content: AsyncIterable<Uint8Array>,
  hash: { update(part: Uint8Array): unknown },
): AsyncGenerator<Uint8Array> {
  for await (const part of content) {
    hash.update(part)
    yield part
  }
}

/** Line by line, so that it can be said which file it is. */
async function compareManifests(foundPath: string, saidPath: string): Promise<void> {
  const found = createInterface({ input: createReadStream(foundPath) })[Symbol.asyncIterator]()
  for await (const said of createInterface({ input: createReadStream(saidPath) })) {
    const next = await found.next()
    if (next.done || next.value !== said) {
      const { path } = (parseOrUndefined(said) ?? {}) as { path?: string }
      throw damaged(`${path ?? 'a file'} is not what was put into it`)
    }
  }
  if (!(await found.next()).done) throw damaged('it holds files that were not put into it')
}

function notEmpty(dataDirectory: string, names: readonly string[]): ServerError {
  return new ServerError({
    code: 'data-directory',
    message: `${dataDirectory} holds data already: ${names.slice(0, 5).join(', ')}.`,
    hint: 'Choose another folder with --data-dir, or pass --replace: what is there is then put aside, not deleted.',
  })
}
