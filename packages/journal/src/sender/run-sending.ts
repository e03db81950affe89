import { mkdir, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { lineBytesMax } from '../line-limit.ts'
import { type AlertQueue, createAlertQueue } from './alert-queue.ts'
import type { SenderClock } from './clock.ts'
import { generateRunFile } from './generated-files.ts'
import { createJournalLines } from './journal-lines.ts'
import { findLineStarts, type LineStarts, noStarts, withLineStarts } from './line-starts.ts'
import { readJournalLines } from './read-journal-lines.ts'
import { markRunFilesUploaded, type RunAddress } from './run-api.ts'
import { SendError } from './send-error.ts'
import { createSendProblems } from './send-problems.ts'
import { toGraphqlOptions } from './send-target.ts'
import type { SenderOptions, SendReport } from './sender-types.ts'
import { createSendingMarks, type SendingMarks } from './sending-marks.ts'
import { createServerSession } from './server-session.ts'
import { createStreamQueue, type StreamQueue } from './stream-queue.ts'
import { hasFailures, readSyncState, type SyncState, writeSyncState } from './sync-state.ts'
import { createRunUploads, type RunUploads } from './uploads/run-uploads.ts'
import { toUnsentWork, type UnsentWork } from './uploads/unsent.ts'

const syncIntervalMs = 1_000
const uploadNewsIntervalMs = 200
const changedFilesIntervalMs = 10_000
// Every row changes the summary. Who looks many times a second need not tell the whole of it as often.
const summaryIntervalMs = 1_000

/** One run on its way to one server: what was read, what waits, what the server has. Calls do not overlap. */
export interface RunSending {
  readonly marks: SendingMarks
  readonly stream: StreamQueue
  readonly alerts: AlertQueue
  /** Whether only files and artifacts that had failed are left: the run has ended, and lines would make it go on. */
  readonly isRepair: boolean
  /** Whether the journal's run record was read; without it nothing can be sent. */
  readonly hasRun: boolean
  /** Whether the journal's exit record was read. */
  readonly isEndRead: boolean
  /** Takes over where an earlier sender was. Further calls do nothing. */
  open(): Promise<RunUploads>
  /** Takes in what the journal has, sending whenever enough has come together. */
  read(): Promise<void>
  /**
   * Sends all that waits. Whatever is interrupted is done by the next call.
   *
   * @param isOneOfMany - Further calls come soon: the summary may wait for one of them, for a second at most.
   */
  flush(isOneOfMany?: boolean): Promise<void>
  /** Writes `sync.json` if it does not say all. */
  saveIfChanged(): Promise<void>
  /** Resolves when no file, artifact or alert is on its way any more. */
  settled(): Promise<void>
  unsentNow(): UnsentWork
  toReport(error?: SendError): SendReport
}

export function createRunSending(options: SenderOptions, clock: SenderClock, signal: AbortSignal): RunSending {
  const { runDirectory, journalPath, target, stateDirectory = runDirectory } = options
  const graphql = toGraphqlOptions(options, clock, signal)
  const { entity, project, runId: targetRunId } = target
  const session = createServerSession({ graphql, entity, project, runId: targetRunId })
  const stateKey = options.stateKey ?? graphql.baseUrl
  const problems = createSendProblems()
  const lines = createJournalLines(
    () => session.isStructured,
    () => problems.count('too-large'),
  )
  const { state, batch } = lines
  const alerts = createAlertQueue(lines.alerts, (alert) => session.alert(alert))
  const marks = createSendingMarks(state)
  const stream = createStreamQueue({
    session,
    clock,
    runDirectory,
    onAcknowledged() {
      isSyncDue = marks.acknowledge() || isSyncDue
      options.onProgress?.({ kind: 'sent', report: toReport() })
    },
    onStopRequested: () => options.onProgress?.({ kind: 'stop-requested' }),
  })
  let openUploads: RunUploads | undefined
  /** Where the journal's lines begin among those of the run; undefined before the first announcement. */
  let starts: LineStarts | undefined
  let known: RunAddress | undefined
  let isAnnounced = false
  let isRepair = false
  let hasLastFiles = false
  let sentSummaryVersion = 0
  let isSummaryTooLarge = false
  let isSummaryWaiting = false
  let mayWait = false
  let summarySentMs = Number.NEGATIVE_INFINITY
  let isSyncDue = false
  let lastSyncMs = Number.NEGATIVE_INFINITY
  let lastNewsMs = Number.NEGATIVE_INFINITY
  let lastChangedFilesMs = clock.now()

  async function open(): Promise<RunUploads> {
    if (openUploads !== undefined) return openUploads
    // The run's own folder is not made anew here: whoever removed it wanted it gone.
    if (stateDirectory !== runDirectory) await mkdir(stateDirectory, { recursive: true })
    const sync = await readSyncState(stateDirectory, stateKey)
    if (sync !== undefined) await restore(sync)
    openUploads = createRunUploads({
      runDirectory,
      textOf: (name) => generateRunFile(name, { state, journalPath, configJson: () => session.configJson(state) }),
      graphql,
      isInProcess: target.isInProcess ?? false,
      ignoreGlobs: target.ignoreGlobs ?? [],
      earlier: sync,
      retriesFailed: options.retriesFailed ?? false,
      stagedDirectories: options.stagedDirectories ?? [],
      onChange: noteUploads,
      onFailure: problems.addFailure,
    })
    return openUploads
  }

  async function restore(sync: SyncState): Promise<void> {
    marks.restore(sync)
    starts = { history: sync.historyStart, events: sync.eventsStart, console: sync.consoleStart }
    const runId = targetRunId ?? basename(journalPath).replace(/^run-|\.wandb$/g, '')
    known = { entity: sync.entity, project: sync.project, runId, displayName: sync.displayName }
    const { size } = await stat(journalPath)
    // Work that waits after the end is what an earlier repair has left.
    const isWanted = sync.waitingCount > 0 || (hasFailures(sync) && options.retriesFailed === true)
    isRepair = sync.isExitSent && sync.journalOffset >= size && isWanted
  }

  function noteUploads(): void {
    isSyncDue = true
    if (clock.now() - lastNewsMs < uploadNewsIntervalMs) return
    lastNewsMs = clock.now()
    options.onProgress?.({ kind: 'uploading', report: toReport() })
  }

  /** Tells the server what it has to know of the run before its lines, and puts into requests what waits. */
  async function prepare(): Promise<void> {
    // Without its run record there is nothing that a server could be told.
    if (state.run === undefined) return
    const uploads = await open()
    if (isRepair) return repair(uploads)
    if (lines.writer !== undefined) session.setWriter(lines.writer)
    if (starts === undefined) await session.rewind(state)
    await session.update(state)
    const { address } = session
    if (address === undefined) return
    if (!isAnnounced) options.onProgress?.({ kind: 'announced', run: address })
    isAnnounced = true
    known = address
    if (starts === undefined) await begin()
    uploads.start(address)
    await stream.post()
    await queueWaiting(uploads)
  }

  /**
   * Notes where our lines begin before there are any: afterwards, the server would count them among those before.
   *
   * @throws SendError `state-unwritable`
   */
  async function begin(): Promise<void> {
    const found = await findLineStarts(state, session)
    starts = found
    const failure = await saveSync()
    if (failure === undefined || found === noStarts) return
    starts = undefined
    throw unwritable(stateDirectory, failure.cause)
  }

  async function queueWaiting(uploads: RunUploads): Promise<void> {
    const isSummaryNew = state.summaryVersion !== sentSummaryVersion
    isSummaryWaiting =
      isSummaryNew && mayWait && state.exit === undefined && clock.now() - summarySentMs < summaryIntervalMs
    if (isSummaryNew && !isSummaryWaiting) {
      summarySentMs = clock.now()
      const summary = state.summaryJson()
      const isTooLarge = Buffer.byteLength(summary) > lineBytesMax
      if (!isTooLarge) batch.setSummary(summary)
      // It stays so with every row until it shrinks, and is said once.
      else if (!isSummaryTooLarge) problems.count('too-large')
      isSummaryTooLarge = isTooLarge
      sentSummaryVersion = state.summaryVersion
    }
    batch.setConsole(lines.console.takeChanges())
    await addDueFiles(uploads)
    batch.addUploaded(uploads.takeUploadedFiles())
    // A run that has ended on the server takes nothing more, so its end waits for what belongs to it.
    const isEnd = state.exit !== undefined && !marks.isExitQueued && uploads.isIdle
    if (isEnd && !state.exit?.notComplete) batch.setExit(state.exit?.exitCode ?? 0)
    marks.queue(isEnd)
    if (batch.isEmpty) isSyncDue = marks.acknowledge() || isSyncDue
    else stream.push(batch.take().map((request) => withLineStarts(request, starts)))
  }

  async function addDueFiles(uploads: RunUploads): Promise<void> {
    if (state.exit !== undefined && !hasLastFiles) {
      hasLastFiles = true
      if (!marks.isExitQueued) uploads.addLastFiles()
    } else if (clock.now() - lastChangedFilesMs >= changedFilesIntervalMs) {
      lastChangedFilesMs = clock.now()
      await uploads.addChangedFiles()
    }
  }

  /** Sends what had failed of a run that has ended. */
  async function repair(uploads: RunUploads): Promise<void> {
    if (known === undefined) return
    if (!hasLastFiles) uploads.addLastFiles()
    hasLastFiles = true
    uploads.start(known)
    const names = uploads.takeUploadedFiles()
    if (names.length > 0 && (await session.hasFeature('MARK_RUN_FILES_UPLOADED'))) {
      await markRunFilesUploaded(known, names, graphql)
    }
  }

  async function post(): Promise<void> {
    await stream.post()
    if (isSyncDue && (marks.isExitSent || clock.now() - lastSyncMs >= syncIntervalMs)) await saveSync()
  }

  /** @returns why it could not be written. */
  async function saveSync(): Promise<{ readonly cause: unknown } | undefined> {
    isSyncDue = false
    lastSyncMs = clock.now()
    if (openUploads === undefined) return undefined
    const { unsentFiles, unsentArtifacts, syncState } = openUploads
    try {
      await writeSyncState(stateDirectory, stateKey, {
        journalOffset: marks.acknowledgedOffset,
        historyStart: starts?.history ?? 0,
        eventsStart: starts?.events ?? 0,
        consoleStart: starts?.console ?? 0,
        isExitSent: marks.isExitSent,
        ...syncState,
        waitingCount: unsentFiles.length + unsentArtifacts.length,
        entity: known?.entity ?? '',
        project: known?.project ?? '',
        displayName: known?.displayName ?? '',
      })
      return undefined
    } catch (cause) {
      // A read-only or full disk: what was sent will be sent once more by the next sender, to the same places.
      return { cause }
    }
  }

  function unsentNow(): UnsentWork {
    const rowCount = Math.max(0, state.historyRowCount - marks.acknowledgedRowCount)
    return toUnsentWork(rowCount, openUploads?.unsentFiles ?? [], openUploads?.unsentArtifacts ?? [])
  }

  function hasMore(): boolean {
    return (
      openUploads?.isIdle === false ||
      !alerts.isIdle ||
      isSummaryWaiting ||
      (state.exit !== undefined && !marks.isExitSent)
    )
  }

  function toReport(error?: SendError): SendReport {
    return {
      run: known,
      acknowledgedOffset: marks.acknowledgedOffset,
      requestCount: stream.requestCount,
      recordCount: marks.acknowledgedRecordCount,
      historyRowCount: marks.acknowledgedRowCount,
      isExitSent: marks.isExitSent,
      // Of a journal without a run, nothing can be sent.
      hasMore: state.run !== undefined && hasMore(),
      isStopRequested: stream.isStopRequested,
      unsent: unsentNow(),
      uploaded: openUploads?.counts ?? { fileCount: 0, artifactCount: 0, bytes: 0 },
      problems: problems.counts,
      failures: problems.failures,
      ...(error === undefined ? {} : { error }),
    }
  }

  return {
    marks,
    stream,
    alerts,
    get isRepair() {
      return isRepair
    },
    get hasRun() {
      return state.run !== undefined
    },
    get isEndRead() {
      return state.exit !== undefined
    },
    open,
    async read() {
      const uploads = await open()
      const onDamage = () => problems.count('damaged')
      await readJournalLines({ journalPath, lines, marks, uploads, signal, onDamage, prepare, post })
    },
    async flush(isOneOfMany = false) {
      mayWait = isOneOfMany
      await prepare()
      mayWait = false
      await post()
      if (!isRepair && session.address !== undefined) alerts.deliver()
    },
    async saveIfChanged() {
      if (isSyncDue) await saveSync()
    },
    async settled() {
      await Promise.all([openUploads?.settled(), alerts.settled()])
    },
    unsentNow,
    toReport,
  }
}

function unwritable(directory: string, cause: unknown): SendError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new SendError({
    code: 'state-unwritable',
    message: `The run goes on from lines that the server has, and where its own begin cannot be noted in ${directory}: ${reason}`,
    hint: 'Free space or make the folder writable, and run lossline sync.',
    cause,
  })
}
