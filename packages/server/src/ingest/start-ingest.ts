import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { createLimiter, isLeftToSend, readBranchParent, readSyncState } from '@lossline/journal'
import type { Clock } from '../clock.ts'
import type { LosslineServer } from '../create-server.ts'
import type { Log } from '../log.ts'
import { orWhenLate } from '../or-when-late.ts'
import { findRunFolders, type RunFolder } from './find-run-folders.ts'
import { stateDirectoryOf } from './folder-kind.ts'
import { type FollowedFolder, followRunFolder } from './follow-run-folder.ts'
import { createJournalHolders } from './journal-holders.ts'

export interface StartIngestOptions {
  /** `.lossline` directories whose `runs/*` are read. */
  readonly directories: readonly string[]
  /** Places of run folders of W&B's client; nothing is changed there. */
  readonly wandbDirectories: readonly string[]
  /** Where their runs go. Default: where the journals say. */
  readonly wandbEntity?: string | undefined
  /** Keeps how far those were read. */
  readonly dataDirectory: string
  readonly storeId: string
  readonly server: LosslineServer
  readonly clock: Clock
  readonly log: Log
}

/** Reading of run folders, until it is closed. */
export interface Ingest {
  /** Resolves when everything that the folders held at the time of the call is in the store. Never rejects. */
  catchUp(): Promise<void>
  close(): Promise<void>
}

/** More would only compete for the one store. */
const foldersAtATime = 4
/** Files of thousands of folders are not all copied at once. */
const requestsAtATime = 32
/** Forks of each other, or of a run that cannot be read, do not wait for ever; nor do artifacts for those of an earlier run. */
const waitMaxMs = 60_000

/**
 * Brings what run folders hold into the store: everything that is there, then what comes. Writes only `sync.json`, and nothing in
 * folders of W&B's client.
 */
export function startIngest(options: StartIngestOptions): Ingest {
  const { directories, wandbDirectories, clock } = options
  const holders = createJournalHolders(clock)
  // Never looked up: it names the store, and requests go straight to the handler.
  const baseUrl = `http://store-${options.storeId}.localhost`
  const limit = createLimiter(foldersAtATime)
  const limitRequests = createLimiter(requestsAtATime)
  const followed: FollowedFolder[] = []
  /** Resolves when all that are followed were looked at once. Each adds to it: lists of thousands would be as many for each of them. */
  let firstLooks = Promise.resolve()
  // A run that was resumed has several folders. Each says how the run goes on after those before it.
  const latestOfRun = new Map<string, FollowedFolder>()

  /** Waits for the run from which another one was forked: the server copies its rows. */
  async function afterParent(folder: RunFolder): Promise<void> {
    const parentId = await limit(async () =>
      (await isSent(folder, baseUrl, options.dataDirectory)) ? undefined : readBranchParent(folder.journalPath),
    )
    const parent = parentId === undefined ? undefined : latestOfRun.get(`run-${parentId}.wandb`)
    if (parent === undefined) return
    await orWhenLate(clock, parent.firstLook, waitMaxMs)
  }

  /** Versions of an artifact are numbered in the order in which their runs began, however fast each folder is read. */
  async function afterEarlier(count: number, theirFirstLooks: Promise<void>): Promise<void> {
    const growing = theirFirstLooks.then(() => followed.slice(0, count).filter((folder) => !folder.isSettled()))
    const caughtUp = growing.then((folders) => Promise.all(folders.map((folder) => folder.catchUp())))
    await orWhenLate(clock, caughtUp, waitMaxMs)
  }

  const finder = findRunFolders({
    directories,
    wandbDirectories,
    clock,
    onFolder: (folder) => {
      const name = basename(folder.journalPath)
      const earlier = latestOfRun.get(name)?.firstLook
      const after = Promise.all([earlier, afterParent(folder)]).then(() => {})
      const isContinued = (): boolean => latestOfRun.get(name) !== one
      const [earlierCount, earlierLooks] = [followed.length, firstLooks]
      const one: FollowedFolder = followRunFolder({
        ...options,
        folder,
        baseUrl,
        holders,
        limit,
        limitRequests,
        after,
        afterEarlier: () => afterEarlier(earlierCount, earlierLooks),
        isContinued,
      })
      latestOfRun.set(name, one)
      followed.push(one)
      firstLooks = Promise.all([firstLooks, one.firstLook]).then(() => {})
    },
  })
  return {
    async catchUp() {
      finder.scan()
      await Promise.all(followed.map((one) => one.catchUp()))
    },
    async close() {
      finder.close()
      await Promise.all(followed.map((one) => one.close()))
    },
  }
}

/** Whether the store has all of a run folder, by its `sync.json`: then its journal, one of thousands, need not be opened. */
async function isSent(folder: RunFolder, baseUrl: string, dataDirectory: string): Promise<boolean> {
  const sync = await readSyncState(stateDirectoryOf(folder, dataDirectory), baseUrl)
  const file = sync && (await stat(folder.journalPath).catch(() => undefined))
  return sync !== undefined && file !== undefined && !isLeftToSend(sync, file.size)
}
