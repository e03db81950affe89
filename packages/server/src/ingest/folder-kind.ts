import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { type Liveness, readRunRecord, runProcessLiveness } from '@lossline/journal'
import { localIdentity } from '../auth/identity.ts'
import type { RunFolder } from './find-run-folders.ts'
import type { JournalHolders } from './journal-holders.ts'

/** How a run folder tells that its run lives, and whose it is: our own ones, or those of W&B's client. */
export interface FolderKind {
  /** Whether its process looks for requests to stop in the folder. */
  readonly takesRequests: boolean
  /** Whether times of its files say when the run was last heard of; else that the folder can be read says so. */
  readonly isTimedByFiles: boolean
  /** Whether it is kept that a run was lost, since every start of the server would read its journal anew otherwise. */
  readonly remembersLoss: boolean
  /** Where its run goes. Undefined: where the journal says. */
  readonly entity: string | undefined
  /** Without knowing the process, the run is taken to live for so long after something was written. */
  readonly silentMsMax: number
  /** Until a folder whose run is lost is looked at again. */
  readonly lostPollMs: number
  lookAtProcess(): Promise<Liveness>
  /**
   * Whether a run whose process was never seen is known to have none any more.
   *
   * @param writtenMs - When something in the folder was last written, Unix milliseconds.
   */
  isLeft(writtenMs: number): Promise<boolean>
  /** When something in the folder was last written, Unix milliseconds. */
  lastWrittenMs(journalWrittenMs: number): Promise<number>
}

/** A folder of ours, with the process in it and a journal that grows at once: system metrics come every 15 s. */
export function createOwnKind({ runDirectory }: RunFolder): FolderKind {
  return {
    takesRequests: true,
    isTimedByFiles: false,
    remembersLoss: false,
    entity: localIdentity.defaultEntity,
    silentMsMax: 5 * 60_000,
    // It changes only if somebody copies more into it.
    lostPollMs: 5_000,
    lookAtProcess: async () => runProcessLiveness(runDirectory),
    isLeft: async () => false,
    lastWrittenMs: async (journalWrittenMs) => journalWrittenMs,
  }
}

/** Files that W&B's client writes at once, while its journal grows by blocks of 32 KiB. */
const promptFiles = ['logs/debug-internal.log', 'logs/debug.log', 'files/output.log', 'files/wandb-summary.json']

/** What a folder of W&B's client depends on beside itself. */
export interface ForeignKindOptions {
  readonly entity: string | undefined
  readonly holders: JournalHolders
}

/** A folder of W&B's client, which does not say which process writes it. */
export function createForeignKind(
  { runDirectory, journalPath }: RunFolder,
  { entity, holders }: ForeignKindOptions,
): FolderKind {
  let wasHeld = false
  let writerHost: string | undefined
  return {
    takesRequests: false,
    isTimedByFiles: true,
    remembersLoss: true,
    entity,
    silentMsMax: 15 * 60_000,
    // There may be thousands, and they hardly ever change again.
    lostPollMs: 60_000,
    /** A process that was seen once and has gone is gone; one that was never seen may be another machine's. */
    async lookAtProcess() {
      if (await holders.isHeld(journalPath)) {
        wasHeld = true
        return 'alive'
      }
      return wasHeld ? 'gone' : 'unknown'
    },
    /** Only if it was written on this machine: processes of another one cannot be seen. */
    async isLeft(writtenMs) {
      writerHost ??= (await readRunRecord(journalPath))?.host ?? ''
      return writerHost === hostname() && (await holders.isLeft(journalPath, writtenMs))
    },
    async lastWrittenMs(journalWrittenMs) {
      const files = await Promise.all(promptFiles.map((name) => stat(join(runDirectory, name)).catch(() => undefined)))
      return Math.floor(Math.max(journalWrittenMs, ...files.map((file) => file?.mtimeMs ?? 0)))
    },
  }
}

/** Where it is kept how far a folder was read: of those of W&B's client below the data folder, since nothing is written there. */
export function stateDirectoryOf({ runDirectory, journalPath, isForeign }: RunFolder, dataDirectory: string): string {
  if (!isForeign) return runDirectory
  const digest = createHash('sha256').update(journalPath).digest('hex').slice(0, 16)
  return join(dataDirectory, 'watched', `${basename(journalPath, '.wandb')}-${digest}`)
}
