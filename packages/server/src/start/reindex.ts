import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { copySqliteAccounts, openSqliteStore, StoreError } from '@lossline/store'
import { ServerError } from '../errors.ts'
import { catchUpHeader } from '../http/catch-up.ts'
import { type Log, silentLog } from '../log.ts'
import { startServer } from '../start-server.ts'
import { forgetStoreId, putAside } from './data-directory.ts'
import { requireNoServer } from './require-no-server.ts'
import { findRunningServer } from './server-file.ts'

/** What to read again. */
export interface ReindexOptions {
  readonly dataDirectory: string
  /**
   * Put the database aside and begin with one that has its users, teams and keys and nothing else. Default false: what it holds
   * stays, and what it lacks is added.
   */
  readonly fresh?: boolean
  /** Default: silent. */
  readonly log?: Log
  readonly signal?: AbortSignal
}

/** What came of it. */
export interface ReindexReport {
  readonly runFolderCount: number
  /** Runs in the database, or in the one that was put aside; undefined where there was none, or none that can be read. */
  readonly runCountBefore: number | undefined
  readonly runCount: number
  /** Where the former database is now, of a fresh start. */
  readonly formerDirectory: string | undefined
  /** Users and teams that a fresh database has from the former one; undefined where that could not be read, or was not. */
  readonly accountCount: number | undefined
}

const askAgainMs = 1000

/**
 * Reads all run folders of a data folder into its database again, as if they had never been read. Rows and files that are
 * there stay once. Of a fresh start, accounts and runs with a folder come back: no runs that clients sent, no changes made on
 * the page, and runs that were moved or deleted are where their folders say again.
 *
 * @throws {@link ServerError} `server-already-running`; StoreError when the database cannot be opened, which `fresh` avoids.
 */
export async function reindexDataDirectory(options: ReindexOptions): Promise<ReindexReport> {
  const dataDirectory = resolve(options.dataDirectory)
  await requireNoServer(dataDirectory)
  const formerDirectory = options.fresh === true ? await putDatabaseAside(dataDirectory) : undefined
  const accountCount =
    formerDirectory === undefined ? undefined : await unlessUnreadable(copyAccounts(formerDirectory, dataDirectory))
  const runCountBefore =
    formerDirectory === undefined ? await countRuns(dataDirectory) : await unlessUnreadable(countRuns(formerDirectory))
  await forgetStoreId(dataDirectory)
  const server = await startServer({ dataDirectory, port: 0, log: options.log ?? silentLog })
  try {
    await catchUp(server.url, tokenOf(dataDirectory), options.signal)
  } finally {
    await server.close()
  }
  const folders = await readdir(join(dataDirectory, 'runs'))
  const runCount = (await countRuns(dataDirectory)) ?? 0
  return {
    runFolderCount: folders.filter((name) => !name.startsWith('.')).length,
    runCountBefore,
    runCount,
    formerDirectory,
    accountCount,
  }
}

/** A database that cannot be read is what a fresh start is for: then nothing is known of it. */
async function unlessUnreadable<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (StoreError.isInstance(error)) return undefined
    throw error
  }
}

async function copyAccounts(formerDirectory: string, dataDirectory: string): Promise<number | undefined> {
  const path = join(formerDirectory, 'store.db')
  if (!existsSync(path)) return undefined
  return copySqliteAccounts({ path, targetPath: join(dataDirectory, 'store.db') })
}

/** The lists of files name runs by the numbers that they have in the database. */
async function putDatabaseAside(dataDirectory: string): Promise<string | undefined> {
  const names = ['store.db', 'store.db-wal', 'store.db-shm', 'run-files'].filter((name) =>
    existsSync(join(dataDirectory, name)),
  )
  return putAside(dataDirectory, names, { reason: 'reindex', nowMs: Date.now() })
}

async function countRuns(dataDirectory: string): Promise<number | undefined> {
  const path = join(dataDirectory, 'store.db')
  if (!existsSync(path)) return undefined
  const store = await openSqliteStore({ path })
  try {
    return (await store.projects()).reduce((sum, { runCount }) => sum + runCount, 0)
  } finally {
    await store.close()
  }
}

function tokenOf(dataDirectory: string): string {
  return findRunningServer(dataDirectory)?.token ?? ''
}

async function catchUp(url: string, token: string, signal: AbortSignal | undefined): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/api/status`, {
      headers: { [catchUpHeader]: '1', authorization: `Bearer ${token}` },
      ...(signal && { signal }),
    })
    await response.body?.cancel()
    if (response.ok) return
    if (response.status !== 503) {
      throw new ServerError({ code: 'internal', message: `The server answered with status ${response.status}.` })
    }
    // Reading goes on meanwhile.
    await sleep(askAgainMs, undefined, signal && { signal })
  }
}
