import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import {
  type Liveness,
  readRunRecord,
  readSyncReceipt,
  runProcessLiveness,
  writeStopRequest,
  writeSyncReceipt,
} from '@lossline/journal'
import { localIdentity } from '../auth/identity.ts'
import type { RunFolder } from './find-run-folders.ts'
import type { JournalHolders } from './journal-holders.ts'

/** What differs between run folders: how one tells that its run lives, whose it is, and what may be written in it. */
export interface FolderKind {
  /** Where it is kept how far the folder was read. */
  readonly stateDirectory: string
  /** Where its run goes. Undefined: where the journal says. */
  readonly entity: string | undefined
  /** Without knowing the process, the run is taken to live for so long after something was written. */
  readonly silentMsMax: number
  /** After so long without growth of the journal, its other files are looked at. Infinity: they tell nothing. */
  readonly quietMsMax: number
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
  /** What the store is told of when the run was last heard of. Undefined: whenever the folder is read. */
  heardAtMs(writtenMs: number): number | undefined
  /** Until when the run may be silent. Undefined: no longer than every other one. */
  silenceAllowedUntilMs(writtenMs: number): number | undefined
  /** Tells the process of the run that it is asked to stop, if it is and can be told. */
  passOnStop(nowMs: number, isAsked: () => Promise<boolean>): Promise<void>
  /** Whether a crashed run was read as far as can be when its journal had so many bytes: it may end within a record. */
  isKnownAsLost(bytes: number): Promise<boolean>
  /** Keeps that it was. */
  keepAsLost(bytes: number): Promise<void>
}

/** What kinds of folders are told of the server. */
export interface FolderKindOptions {
  /** Keeps how far watched folders were read. */
  readonly dataDirectory: string
  /** Names this server's store in a `sync.json`. */
  readonly baseUrl: string
  /** Where runs of watched folders go. Default: where their journals say. */
  readonly wandbEntity?: string | undefined
  readonly holders: JournalHolders
}

/** The kind of a folder: ours, or one of W&B's client. */
export function createFolderKind(folder: RunFolder, options: FolderKindOptions): FolderKind {
  return folder.isForeign ? createForeignKind(folder, options) : createOwnKind(folder)
}

/** A folder of ours, with the process in it and a journal that grows at once: system metrics come every 15 s. */
function createOwnKind({ runDirectory }: RunFolder): FolderKind {
  return {
    stateDirectory: runDirectory,
    entity: localIdentity.defaultEntity,
    silentMsMax: 5 * 60_000,
    quietMsMax: Number.POSITIVE_INFINITY,
    // It changes only if somebody copies more into it.
    lostPollMs: 5_000,
    lookAtProcess: async () => runProcessLiveness(runDirectory),
    isLeft: async () => false,
    lastWrittenMs: async (journalWrittenMs) => journalWrittenMs,
    heardAtMs: () => undefined,
    silenceAllowedUntilMs: () => undefined,
    /** A program that logs nothing for a while would hear of it with the next heartbeat only. */
    async passOnStop(nowMs, isAsked) {
      if (await isAsked()) await writeStopRequest(runDirectory, nowMs)
    },
    isKnownAsLost: async () => false,
    keepAsLost: async () => {},
  }
}

/** Files that W&B's client writes at once, while its journal grows by blocks of 32 KiB. */
const promptFiles = ['logs/debug-internal.log', 'logs/debug.log', 'files/output.log', 'files/wandb-summary.json']

/** A folder of W&B's client, which does not say which process writes it, and in which nothing may be changed. */
function createForeignKind(folder: RunFolder, options: FolderKindOptions): FolderKind {
  const { runDirectory, journalPath } = folder
  const { baseUrl, holders } = options
  const stateDirectory = stateDirectoryOf(folder, options.dataDirectory)
  const silentMsMax = 15 * 60_000
  let wasHeld = false
  let writerHost: string | undefined
  const isKnownAsLost = async (bytes: number): Promise<boolean> =>
    (await readSyncReceipt(stateDirectory, baseUrl))?.lostAtBytes === bytes
  return {
    stateDirectory,
    entity: options.wandbEntity,
    silentMsMax,
    quietMsMax: 5 * 60_000,
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
    heardAtMs: (writtenMs) => writtenMs,
    /** The files of a run that lives may keep their times for longer than its client may be silent. */
    silenceAllowedUntilMs: (writtenMs) => writtenMs + silentMsMax,
    passOnStop: async () => {},
    isKnownAsLost,
    /** Once for each crash: without it, every start of the server would read the journal anew. */
    async keepAsLost(bytes) {
      if (!(await isKnownAsLost(bytes))) await writeSyncReceipt(stateDirectory, baseUrl, { lostAtBytes: bytes })
    },
  }
}

/** Where it is kept how far a folder was read: of those of W&B's client below the data folder, since nothing is written there. */
export function stateDirectoryOf({ runDirectory, journalPath, isForeign }: RunFolder, dataDirectory: string): string {
  if (!isForeign) return runDirectory
  const digest = createHash('sha256').update(journalPath).digest('hex').slice(0, 16)
  return join(dataDirectory, 'watched', `${basename(journalPath, '.wandb')}-${digest}`)
}
