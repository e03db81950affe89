import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeDirectorySync } from '@lossline/journal'
import { backupWorkPrefix } from '../backup/backup-format.ts'
import { ServerError } from '../errors.ts'

const storeIdName = 'store-id'

/**
 * Makes the directory if it is missing, keeps it out of git, and takes out what belongs to a database that is no more: its id,
 * by which folders would seem to be sent, and the lists of files, which name runs by its numbers.
 *
 * @throws {@link ServerError} `data-directory`.
 */
export async function prepareDataDirectory(directory: string): Promise<void> {
  await makeDirectory(directory)
  if (existsSync(join(directory, 'store.db'))) return
  await rm(join(directory, storeIdName), { force: true })
  const lists = join(directory, 'run-files')
  if (existsSync(lists)) await rename(lists, join(directory, `run-files.before-${Date.now()}`))
}

/** Removes what backups that were killed have left. Only with the writer's lease held: then none is under way. */
export async function removeBackupWork(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (name.startsWith(backupWorkPrefix)) await rm(join(directory, name), { recursive: true, force: true })
  }
}

async function makeDirectory(directory: string): Promise<void> {
  // With `runs/` there already, the first run folder is noticed at once.
  try {
    makeDirectorySync(join(directory, 'runs'))
    const ignoreFile = join(directory, '.gitignore')
    if (!existsSync(ignoreFile)) await writeFile(ignoreFile, '*\n')
  } catch (cause) {
    throw new ServerError({
      code: 'data-directory',
      message: `The data folder ${directory} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}.`,
      hint: 'Name a folder that can be written to, or one that can be made.',
      cause,
    })
  }
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
