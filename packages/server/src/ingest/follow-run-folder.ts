import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import {
  createSender,
  isLeftToSend,
  type Limiter,
  type Liveness,
  readSyncState,
  type Sender,
  type SendReport,
} from '@lossline/journal'
import type { RunAddress } from '@lossline/store'
import type { Clock } from '../clock.ts'
import type { LosslineServer } from '../create-server.ts'
import { ignoreMissing } from '../files/ignore-missing.ts'
import { type Log, toLogFields } from '../log.ts'
import type { RunFolder } from './find-run-folders.ts'
import { createFolderKind, type FolderKindOptions } from './folder-kind.ts'

export interface FollowRunFolderOptions extends FolderKindOptions {
  readonly folder: RunFolder
  readonly server: LosslineServer
  readonly clock: Clock
  readonly log: Log
  /** Lets a few folders read and send lines at a time. */
  readonly limit: Limiter
  /** Lets so many requests of all folders be answered at a time. */
  readonly limitRequests: Limiter
  /** Nothing is read before this. Default: at once. */
  readonly after?: Promise<void> | undefined
  /** Resolves when what runs that began earlier have logged until now is in the store. */
  readonly afterEarlier: () => Promise<void>
  /** Whether the run goes on in a later folder, which then tells whether it lives. */
  readonly isContinued: () => boolean
}

/** While rows come, a reader of the page waits for these polls. */
const busyPollMs = 50
const quietPollMs = 250
const busyForMs = 10_000
/** A folder whose process is gone changes only if somebody copies more into it. */
const gonePollMs = 5_000
const livenessIntervalMs = 1_000
const heartbeatIntervalMs = 30_000
/** The folder is there, and has its first lines, a moment before its writer is seen to hold the journal. */
const startGraceMs = 5_000
const retryMsMax = 30_000

/** A run folder that is read. */
export interface FollowedFolder {
  /** Resolves when what the folder held at the start is sent, or could not be. Never rejects. */
  readonly firstLook: Promise<void>
  /** Whether nothing more is expected of it: its exit is sent, or its process has gone. */
  isSettled(): boolean
  /** Sends what the folder holds now, unless it cannot be read; never rejects. */
  catchUp(): Promise<void>
  close(): Promise<void>
}

/**
 * Sends what a run folder holds, as it grows, until its exit is sent. A run whose process has gone without an exit is
 * marked as crashed once everything is read.
 */
export function followRunFolder(options: FollowRunFolderOptions): FollowedFolder {
  const { folder, server, clock, log } = options
  const { runDirectory, journalPath } = folder
  const kind = createFolderKind(folder, options)
  const { stateDirectory } = kind
  const aborter = new AbortController()
  let sender: Sender | undefined
  let timer: unknown
  let running: Promise<void> = Promise.resolve()
  let seenBytes = -1
  let lastGrowthMs = Number.NEGATIVE_INFINITY
  /** What the store is told of when the run was last heard of. Undefined: now. */
  let heardAtMs: number | undefined
  let silenceAllowedUntilMs = Number.NEGATIVE_INFINITY
  let lastHeartbeatMs = clock.now()
  let liveness: Liveness = 'unknown'
  let livenessAtMs = Number.NEGATIVE_INFINITY
  let run: RunAddress | undefined
  let isDone = false
  let isOver = false
  let isLost = false
  /** Not once a folder grew that no process wrote: it is copied bit by bit, or its writer is out of sight. */
  let isAbsenceTrusted = true
  let hasMore = false
  let failureCount = 0
  let failuresToldCount = 0
  let isDamageTold = false

  const openSender = (): Sender =>
    createSender({
      runDirectory,
      journalPath,
      stateDirectory,
      target: {
        baseUrl: options.baseUrl,
        ...(kind.entity !== undefined && { entity: kind.entity }),
        fetch: (input, init) =>
          options.limitRequests(() => server.fetchInProcess(new Request(input, init), { heardAtMs })),
        isInProcess: true,
      },
      artifactTurn: options.afterEarlier,
      follow: true,
      signal: aborter.signal,
    })

  /** What an earlier server of this store has already seen to: finished runs, and crashed ones that have not grown. */
  const isLeftToDo = async (bytes: number): Promise<boolean> => {
    const sync = await readSyncState(stateDirectory, options.baseUrl)
    if (sync === undefined) return true
    if (isLeftToSend(sync, bytes) && !(await kind.isKnownAsLost(bytes))) return true
    const runId = basename(journalPath).replace(/^run-|\.wandb$/g, '')
    run = { entity: sync.entity, project: sync.project, runId }
    isDone = sync.isExitSent
    // A process that lives is announced again, so that its run counts as running.
    return !isDone && liveness === 'alive'
  }

  /** One look at the folder; the delay until the next one, or undefined when there is nothing left to do. */
  const look = async (waitsForUploads: boolean): Promise<number | undefined> => {
    const nowMs = clock.now()
    if (nowMs - livenessAtMs >= livenessIntervalMs) {
      // Before the size is looked at: whatever a process wrote before it went is then read below.
      liveness = await kind.lookAtProcess()
      livenessAtMs = nowMs
      if (liveness === 'alive') await kind.passOnStop(nowMs, isStopRequested)
    }
    const file = await stat(journalPath).catch(ignoreMissing)
    if (file === undefined) {
      // Removed, or a network drive that has lost it for a moment: it is looked for again, from the start.
      await sender?.close()
      sender = undefined
      seenBytes = -1
      hasMore = false
      return gonePollMs
    }
    if (file.size !== seenBytes) {
      if (isLost && liveness === 'unknown') isAbsenceTrusted = false
      const writtenMs = await kind.lastWrittenMs(file.mtimeMs)
      heardAtMs = kind.heardAtMs(writtenMs)
      // An old journal that is looked at for the first time is no sign of life.
      lastGrowthMs = seenBytes >= 0 ? nowMs : writtenMs
      if (seenBytes >= 0 || (await isLeftToDo(file.size))) await send(waitsForUploads)
      seenBytes = file.size
      return isDone ? undefined : busyPollMs
    }
    if (hasMore) {
      await send(waitsForUploads)
      return isDone ? undefined : busyPollMs
    }
    if (liveness === 'gone') return markLost('process gone')
    if (liveness === 'unknown' && (await isLeft(nowMs))) return markLost('process gone')
    if (liveness === 'unknown' && nowMs - lastGrowthMs >= kind.quietMsMax) {
      lastGrowthMs = Math.max(lastGrowthMs, await kind.lastWrittenMs(file.mtimeMs))
      if (nowMs - lastGrowthMs >= kind.silentMsMax) return markLost(`nothing written since ${toIso(lastGrowthMs)}`)
    }
    const isAlive = liveness === 'alive' || nowMs - lastGrowthMs < kind.silentMsMax
    if (!isAlive) return gonePollMs
    await allowSilence(kind.silenceAllowedUntilMs(lastGrowthMs))
    if (nowMs - lastHeartbeatMs >= heartbeatIntervalMs) {
      lastHeartbeatMs = nowMs
      heardAtMs = liveness === 'alive' ? undefined : kind.heardAtMs(await kind.lastWrittenMs(file.mtimeMs))
      await sender?.heartbeat()
    }
    return nowMs - lastGrowthMs < busyForMs ? busyPollMs : quietPollMs
  }

  const isLeft = async (nowMs: number): Promise<boolean> =>
    isAbsenceTrusted && run !== undefined && nowMs - lastGrowthMs >= startGraceMs && (await kind.isLeft(lastGrowthMs))

  const allowSilence = async (untilMs: number | undefined): Promise<void> => {
    if (run === undefined || untilMs === undefined || untilMs - silenceAllowedUntilMs < heartbeatIntervalMs) return
    silenceAllowedUntilMs = untilMs
    await server.runs.allowSilence(run, untilMs)
  }

  const isStopRequested = async (): Promise<boolean> =>
    run !== undefined && ((await server.runs.find(run))?.isStopRequested ?? false)

  const send = async (waitsForUploads: boolean): Promise<void> => {
    sender ??= openSender()
    const opened = sender
    const sent = await options.limit(() => opened.sendAvailable({ waitsForUploads: false }))
    // Outside of the bounded part: artifacts wait for those of earlier folders, which need a place there.
    const report = waitsForUploads ? await opened.sendAvailable() : sent
    hasMore = report.hasMore
    run = report.run
    isDone = report.isExitSent
    tellFailures(report)
    isLost = false
  }

  const tellFailures = ({ failures, problems }: SendReport): void => {
    for (const { kind, name, message } of failures.slice(failuresToldCount)) {
      log('warn', `${kind} of a run was not taken`, { runDirectory, name, reason: message })
    }
    failuresToldCount = failures.length
    if (problems.damaged === undefined || isDamageTold) return
    isDamageTold = true
    log('warn', 'a journal is damaged; what can be read of it is shown', { runDirectory, journalPath })
  }

  const markLost = async (cause: string): Promise<number> => {
    if (!isLost && run !== undefined) {
      if (!options.isContinued()) await server.runs.markLost(run, cause)
      await kind.keepAsLost(seenBytes)
    }
    isLost = true
    return kind.lostPollMs
  }

  // Rows come in while files and artifacts are on their way. Whoever asks what the folder holds now waits for these too:
  // the run's end comes behind them.
  const step = async (waitsForUploads: boolean): Promise<void> => {
    clock.clearTimeout(timer)
    if (isOver || aborter.signal.aborted) return
    let delayMs: number | undefined
    try {
      delayMs = await look(waitsForUploads)
      failureCount = 0
    } catch (error) {
      if (aborter.signal.aborted) return
      failureCount += 1
      if (failureCount === 1)
        log('warn', 'a run folder cannot be read now', { runDirectory, journalPath, ...toLogFields(error) })
      delayMs = Math.min(retryMsMax, busyPollMs * 2 ** failureCount)
    }
    if (aborter.signal.aborted) return
    if (delayMs === undefined) {
      isOver = true
      await sender?.close()
      return
    }
    timer = clock.setTimeout(() => {
      running = step(false)
    }, delayMs)
  }

  const firstLook = (options.after ?? Promise.resolve()).then(() => step(true))
  running = firstLook
  return {
    firstLook,
    isSettled: () => isOver || isLost,
    catchUp() {
      running = running.then(() => step(true))
      return running
    },
    async close() {
      aborter.abort()
      clock.clearTimeout(timer)
      await running
      await sender?.close()
    },
  }
}

function toIso(atMs: number): string {
  return new Date(atMs).toISOString()
}
