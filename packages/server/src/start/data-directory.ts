import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeDirectorySync } from '@lossline/journal'
import { ServerError } from '../errors.ts'
import { keepPrivate, ownerOnlyFolder } from '../files/owner-only.ts'

const storeIdName = 'store-id'
const asidePrefix = 'before-'

/**
 * Makes the directory if it is missing, keeps it out of git and from other accounts, and takes out what belongs to a database that is no more: its id,
 * by which folders would seem to be sent, and the lists of files, which name runs by its numbers.
 *
 * @throws {@link ServerError} `data-directory`.
 */
export async function prepareDataDirectory(directory: string): Promise<void> {
  await makeDirectory(directory)
  await keepPrivate(directory)
  if (existsSync(join(directory, 'store.db'))) return
  await forgetStoreId(directory)
  const lists = join(directory, 'run-files')
  if (existsSync(lists)) await rename(lists, join(directory, `run-files.before-${Date.now()}`))
}

/** Forgets the store's name towards run folders: they send everything again. */
export async function forgetStoreId(directory: string): Promise<void> {
  await rm(join(directory, storeIdName), { force: true })
}

/**
 * Removes what work that was killed has left in a data folder.
 *
 * @param prefix - Of the names of such work. None of it may be under way.
 */
export async function removeWork(directory: string, prefix: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (name.startsWith(prefix)) await rm(join(directory, name), { recursive: true, force: true })
  }
}

/** Folders of a data folder in which {@link putAside} has put a database. */
export async function findFormerDatabases(directory: string): Promise<readonly string[]> {
  return (await readdir(directory))
    .filter((name) => name.startsWith(asidePrefix))
    .map((name) => join(directory, name))
    .filter((folder) => existsSync(join(folder, 'store.db')))
    .sort()
}

/**
 * Moves entries of a data folder into a folder in it, `before-<reason>-<time>`.
 *
 * @returns that folder; undefined, and nothing is made, for no entries.
 */
export async function putAside(
  directory: string,
  names: readonly string[],
  { reason, nowMs }: { readonly reason: string; readonly nowMs: number },
): Promise<string | undefined> {
  if (names.length === 0) return undefined
  const former = join(directory, `${asidePrefix}${reason}-${new Date(nowMs).toISOString().replaceAll(':', '')}`)
  await mkdir(former, ownerOnlyFolder)
  for (const name of names) await rename(join(directory, name), join(former, name))
  return former
}

async function makeDirectory(directory: string): Promise<void> {
  // With `runs/` there already, the first run folder is noticed at once.
  try {
    makeDirectorySync(join(directory, 'runs'), ownerOnlyFolder)
    const ignoreFile = join(directory, '.gitignore')
    if (!existsSync(ignoreFile)) await writeFile(ignoreFile, '*\n')
  } catch (cause) {
    throw unusable(directory, cause)
  }
}

/**
 * Makes a data folder with nothing in it, and the folders above it.
 *
 * @returns the folders that were missing, topmost first.
 * @throws {@link ServerError} `data-directory`.
 */
export function makeDataFolder(directory: string): readonly string[] {
  try {
    return makeDirectorySync(directory, ownerOnlyFolder)
  } catch (cause) {
    throw unusable(directory, cause)
  }
}

function unusable(directory: string, cause: unknown): ServerError {
  return new ServerError({
    code: 'data-directory',
    message: `The data folder ${directory} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}.`,
    hint: 'Name a folder that can be written to, or one that can be made.',
    cause,
  })
}

/** 32 random bytes that stay the same from start to start; readable by their owner only. */
export async function keptBytes(path: string): Promise<Uint8Array> {
  const kept = await readFile(path).catch(() => undefined)
  if (kept !== undefined && kept.length >= 32) return kept
  const fresh = randomBytes(32)
  await writeFile(path, fresh, { mode: 0o600 })
  return fresh
}

/**
 * Names the store towards run folders, which remember by it what they have sent. A new database has a new name: then
 * everything is sent again.
 */
export async function keptStoreId(dataDirectory: string): Promise<string> {
  const path = join(dataDirectory, storeIdName)
  const kept = (await readFile(path, 'utf8').catch(() => '')).trim()
  if (/^[0-9a-z]{8,}$/.test(kept)) return kept
  const fresh = randomBytes(8).toString('hex')
  await writeFile(path, `${fresh}\n`)
  return fresh
}
