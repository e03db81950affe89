import { mkdir, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { FileStreamRequest } from '@lossline/protocol'
import { lineBytesMax } from '../line-limit.ts'
import { type JournalEvent, openJournalReader } from '../reader/journal-reader.ts'
import { createAlertQueue } from './alert-queue.ts'
import { aborted, sleep, systemClock, waitAtMost } from './clock.ts'
import type { GraphqlOptions } from './graphql.ts'
import { createJournalLines } from './journal-lines.ts'
import { type LineStarts, moveLines, noStarts } from './line-starts.ts'
import { markRunFilesUploaded } from './run-api.ts'
import { SendError } from './send-error.ts'
import type { Sender, SenderOptions, SendFailure, SendProblem, SendReport } from './sender-types.ts'
import { createServerSession } from './server-session.ts'
import { writeStopRequest } from './stop-request.ts'
import { hasFailures, readSyncState, type SyncState, writeSyncState } from './sync-state.ts'
import { readUnreadWork } from './unread-work.ts'
import { createRunUploads, type RunUploads } from './uploads/run-uploads.ts'
import { mergeUnsent, toUnsentWork, type UnsentWork } from './uploads/unsent.ts'

const pollIntervalMs = 100
const heartbeatIntervalMs = 30_000
// W&B's servers limit requests; one on this machine is there to show curves while they grow.
const foreignTransmitIntervalMs = 15_000
const localTransmitIntervalMs = 1_000
const syncIntervalMs = 1_000
const uploadNewsIntervalMs = 200
const changedFilesIntervalMs = 10_000
const failuresNamedMax = 100

/** Makes the sender of one run folder to one server. Nothing is read or sent yet. */
export function createSender(options: SenderOptions): Sender {
  const { runDirectory, journalPath, target, clock = systemClock, stateDirectory = runDirectory } = options
  const baseUrl = target.baseUrl.replace(/\/+$/, '')
  const closing = new AbortController()
  const signal = options.signal === undefined ? closing.signal : AbortSignal.any([options.signal, closing.signal])
  const graphql: GraphqlOptions = {
    baseUrl,
    headers: target.apiKey === undefined ? {} : { Authorization: basicAuthorization(target.apiKey) },
    fetch: target.fetch ?? fetch,
    clock,
    signal,
    onRetry: (error, delayMs) => options.onProgress?.({ kind: 'waiting', error, delayMs }),
  }
  const { entity, project, runId: targetRunId } = target
  const session = createServerSession({ graphql, entity, project, runId: targetRunId })
  const stateKey = options.stateKey ?? baseUrl
  const problems: Partial<Record<SendProblem, number>> = {}
  const failures: SendFailure[] = []
  const lines = createJournalLines(
    () => session.isStructured,
    () => count('too-large'),
  )
  const { state, batch } = lines
  const alerts = createAlertQueue(lines.alerts, (alert) => session.alert(alert))
  /** Requests that were put together and not yet acknowledged. */
  const unsent: FileStreamRequest[] = []
  let unsentEndOffset = 0
  let unsentRowCount = 0
  let openUploads: RunUploads | undefined
  let readOffset = 0
  let acknowledgedOffset = 0
  let acknowledgedRowCount = 0
  let readRecordCount = 0
  let unsentRecordCount = 0
  let acknowledgedRecordCount = 0
  /** Where the journal's lines begin among those of the run; undefined before the first announcement. */
  let starts: LineStarts | undefined
  let sentSummaryVersion = 0
  let hasLastFiles = false
  let isExitQueued = false
  let isExitSent = false
  /** Only files and artifacts that had failed are left: the run has ended, and lines would make it go on. */
  let isRepair = false
  let isStopRequested = false
  let requestCount = 0
  let lastRequestMs = clock.now()
  let lastSyncMs = Number.NEGATIVE_INFINITY
  let lastNewsMs = Number.NEGATIVE_INFINITY
  let lastChangedFilesMs = clock.now()
  let isSyncDue = false
  let known: SendReport['run']
  let queue: Promise<unknown> = Promise.resolve()

  function count(problem: SendProblem): void {
    problems[problem] = (problems[problem] ?? 0) + 1
  }

  async function openOnce(): Promise<RunUploads> {
    if (openUploads !== undefined) return openUploads
    // The run's own folder is not made anew here: whoever removed it wanted it gone.
    if (stateDirectory !== runDirectory) await mkdir(stateDirectory, { recursive: true })
    const sync = await readSyncState(stateDirectory, stateKey)
    if (sync !== undefined) await takeSyncState(sync)
    openUploads = createRunUploads({
      runDirectory,
      state,
      graphql,
      isInProcess: target.isInProcess ?? false,
      ignoreGlobs: target.ignoreGlobs ?? [],
      earlier: sync,
      retriesFailed: options.retriesFailed ?? false,
      stagedDirectories: options.stagedDirectories ?? [],
      onChange: noteUploads,
      onFailure(what, error) {
        count(what.kind)
        if (failures.length >= failuresNamedMax) return
        const { code, message, hint } = error
        failures.push({ ...what, code, message, ...(hint === undefined ? {} : { hint }) })
      },
    })
    return openUploads
  }

  async function takeSyncState(sync: SyncState): Promise<void> {
    acknowledgedOffset = sync.journalOffset
    starts = { history: sync.historyStart, events: sync.eventsStart, console: sync.consoleStart }
    isExitSent = sync.isExitSent
    isExitQueued = sync.isExitSent
    const runId = targetRunId ?? basename(journalPath).replace(/^run-|\.wandb$/g, '')
    known = { entity: sync.entity, project: sync.project, runId, displayName: sync.displayName }
    const { size } = await stat(journalPath)
    // Work that waits after the end is what an earlier repair has left.
    const isWanted = sync.waitingCount > 0 || (hasFailures(sync) && options.retriesFailed === true)
    isRepair = isExitSent && sync.journalOffset >= size && isWanted
  }

  function noteUploads(): void {
    isSyncDue = true
    if (clock.now() - lastNewsMs < uploadNewsIntervalMs) return
    lastNewsMs = clock.now()
    options.onProgress?.({ kind: 'uploading', report: toReport() })
  }

  /** Takes in what the journal has, sending whenever enough has come together. */
  async function readAvailable(uploads: RunUploads): Promise<void> {
    for await (const events of openJournalReader(journalPath, { from: readOffset }).batches()) {
      for (const event of events) {
        if (signal.aborted) throw aborted()
        takeEvent(event, uploads)
        if (batch.isFull) await flush(uploads)
      }
    }
  }

  function takeEvent(event: JournalEvent, uploads: RunUploads): void {
    if (event.kind === 'record') {
      const { record, offset, endOffset } = event
      const isSent = endOffset <= acknowledgedOffset
      if (record.kind === 'files') uploads.addFiles(record.files.files ?? [])
      if (record.kind === 'artifact') {
        uploads.addArtifact({ key: String(offset), record: record.artifact, nextStep: (state.lastStep ?? -1) + 1 })
      } else lines.take(record, isSent)
      readRecordCount += 1
      if (isSent) {
        acknowledgedRowCount = state.historyRowCount
        acknowledgedRecordCount = readRecordCount
      }
      readOffset = endOffset
    } else if (event.kind === 'damage') {
      if (event.offset >= readOffset) count('damaged')
      readOffset = Math.max(readOffset, event.offset + event.skippedBytes)
    }
  }

  /** Sends all that waits. Whatever is interrupted is done by the next call. */
  async function flush(uploads: RunUploads): Promise<void> {
    // Without its run record there is nothing that a server could be told.
    if (state.run === undefined) return
    if (isRepair) return repair(uploads)
    if (lines.writer !== undefined) session.setWriter(lines.writer)
    if (starts === undefined) await session.rewind(state)
    await session.update(state)
    const { address } = session
    if (address === undefined) return
    known = address
    if (starts === undefined) await begin()
    uploads.start(address)
    await postUnsent()
    await queueWaiting(uploads)
    await postUnsent()
    alerts.deliver()
  }

  /**
   * Notes where our lines begin before there are any: afterwards, the server would count them among those before.
   *
   * @throws SendError `state-unwritable`
   */
  async function begin(): Promise<void> {
    const found = await findStarts()
    starts = found
    const failure = await saveSync()
    if (failure === undefined || found === noStarts) return
    starts = undefined
    throw unwritable(stateDirectory, failure.cause)
  }

  /**
   * Only a run that goes on has lines before ours. Any other run's lines have their own place, however often they come; and so
   * have all where the server tells the writers apart.
   */
  async function findStarts(): Promise<LineStarts> {
    const { resumed, forked, branchPoint } = state.run ?? {}
    if (session.numbersLinesByWriter || !(resumed || forked || branchPoint)) return noStarts
    const others = resumed ? await session.readLineCounts() : noStarts
    return { history: session.historyLineCount, events: others.events, console: others.console }
  }

  async function queueWaiting(uploads: RunUploads): Promise<void> {
    if (state.summaryVersion !== sentSummaryVersion) {
      const summary = state.summaryJson()
      if (Buffer.byteLength(summary) <= lineBytesMax) batch.setSummary(summary)
      else count('too-large')
      sentSummaryVersion = state.summaryVersion
    }
    batch.setConsole(lines.console.takeChanges())
    await addDueFiles(uploads)
    batch.addUploaded(uploads.takeUploadedFiles())
    // A run that has ended on the server takes nothing more, so its end waits for what belongs to it.
    const isEnd = state.exit !== undefined && !isExitQueued && uploads.isIdle
    if (isEnd && !state.exit?.notComplete) batch.setExit(state.exit?.exitCode ?? 0)
    if (isEnd) isExitQueued = true
    unsentEndOffset = readOffset
    unsentRowCount = state.historyRowCount
    unsentRecordCount = readRecordCount
    if (batch.isEmpty) acknowledge()
    else unsent.push(...batch.take().map(withStarts))
  }

  async function addDueFiles(uploads: RunUploads): Promise<void> {
    if (state.exit !== undefined && !hasLastFiles) {
      hasLastFiles = true
      if (!isExitQueued) uploads.addLastFiles()
    } else if (clock.now() - lastChangedFilesMs >= changedFilesIntervalMs) {
      lastChangedFilesMs = clock.now()
      await uploads.addChangedFiles()
    }
  }

  function withStarts(request: FileStreamRequest): FileStreamRequest {
    const { files } = request
    if (files === undefined || starts === undefined || starts === noStarts) return request
    return { ...request, files: moveLines(files, starts) }
  }

  async function postUnsent(): Promise<void> {
    let request = unsent[0]
    while (request !== undefined) {
      const answer = await session.post(request)
      unsent.shift()
      requestCount += 1
      lastRequestMs = clock.now()
      if (answer.isStopRequested) await noteStop()
      if (unsent.length === 0) {
        acknowledge()
        options.onProgress?.({ kind: 'sent', report: toReport() })
      }
      request = unsent[0]
    }
    if (isSyncDue && (isExitSent || clock.now() - lastSyncMs >= syncIntervalMs)) await saveSync()
  }

  async function noteStop(): Promise<void> {
    if (isStopRequested) return
    isStopRequested = true
    await writeStopRequest(runDirectory, clock.now())
    options.onProgress?.({ kind: 'stop-requested' })
  }

  function acknowledge(): void {
    isSyncDue ||= unsentEndOffset > acknowledgedOffset || isExitQueued !== isExitSent
    acknowledgedOffset = Math.max(acknowledgedOffset, unsentEndOffset)
    acknowledgedRowCount = Math.max(acknowledgedRowCount, unsentRowCount)
    acknowledgedRecordCount = Math.max(acknowledgedRecordCount, unsentRecordCount)
    isExitSent = isExitQueued
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
    if (isSyncDue && clock.now() - lastSyncMs >= syncIntervalMs) await saveSync()
  }

  /** @returns why it could not be written. */
  async function saveSync(): Promise<{ readonly cause: unknown } | undefined> {
    isSyncDue = false
    lastSyncMs = clock.now()
    if (openUploads === undefined) return undefined
    const { unsentFiles, unsentArtifacts, syncState } = openUploads
    try {
      await writeSyncState(stateDirectory, stateKey, {
        journalOffset: acknowledgedOffset,
        historyStart: starts?.history ?? 0,
        eventsStart: starts?.events ?? 0,
        consoleStart: starts?.console ?? 0,
        isExitSent,
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
    const rowCount = Math.max(0, state.historyRowCount - acknowledgedRowCount)
    return toUnsentWork(rowCount, openUploads?.unsentFiles ?? [], openUploads?.unsentArtifacts ?? [])
  }

  function hasMore(): boolean {
    return openUploads?.isIdle === false || !alerts.isIdle || (state.exit !== undefined && !isExitSent)
  }

  function toReport(error?: SendError): SendReport {
    return {
      run: known,
      acknowledgedOffset,
      requestCount,
      recordCount: acknowledgedRecordCount,
      historyRowCount: acknowledgedRowCount,
      isExitSent,
      // Of a journal without a run, nothing can be sent.
      hasMore: state.run !== undefined && hasMore(),
      isStopRequested,
      unsent: unsentNow(),
      uploaded: openUploads?.counts ?? { fileCount: 0, artifactCount: 0, bytes: 0 },
      problems: { ...problems },
      failures: [...failures],
      ...(error === undefined ? {} : { error }),
    }
  }

  /** Whether an earlier sender has done it all, so that the server need not be asked. */
  async function isDone(): Promise<boolean> {
    if (!isExitSent || isRepair || readOffset > 0) return false
    return (await stat(journalPath)).size <= acknowledgedOffset
  }

  /** Calls that overlap wait for each other. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = queue.then(work)
    queue = result.catch(() => undefined)
    return result
  }

  async function sendOnce(waitsForUploads: boolean): Promise<SendReport> {
    if (signal.aborted) throw aborted()
    const uploads = await openOnce()
    if (await isDone()) return toReport()
    await readAvailable(uploads)
    await flush(uploads)
    if (!waitsForUploads) return toReport()
    while (!uploads.isIdle && state.run !== undefined) {
      await waitAtMost(uploads.settled(), { clock, durationMs: heartbeatIntervalMs, signal })
      if (signal.aborted) throw aborted()
      await flush(uploads)
      await heartbeatIfDue()
    }
    await flush(uploads)
    await alerts.settled()
    if (isSyncDue) await saveSync()
    return toReport()
  }

  async function heartbeat(): Promise<void> {
    const { isStopRequested: isWanted } = await session.heartbeat()
    if (isWanted) await noteStop()
  }

  async function heartbeatIfDue(): Promise<void> {
    if (isRepair || clock.now() - lastRequestMs < heartbeatIntervalMs) return
    await heartbeat()
    lastRequestMs = clock.now()
  }

  async function followToEnd(): Promise<void> {
    const intervalMs =
      target.transmitIntervalMs ?? (isLocal(baseUrl) ? localTransmitIntervalMs : foreignTransmitIntervalMs)
    let lastFlushMs = Number.NEGATIVE_INFINITY
    const uploads = await openOnce()
    if (await isDone()) return
    while (!isExitSent) {
      await readAvailable(uploads)
      const nowMs = clock.now()
      if (state.exit !== undefined || nowMs - lastFlushMs >= intervalMs) {
        await flush(uploads)
        lastFlushMs = clock.now()
      }
      const isWithoutRun = state.exit !== undefined && state.run === undefined
      if (isExitSent || isWithoutRun) break
      await heartbeatIfDue()
      await sleep(clock, pollIntervalMs, signal)
    }
    await alerts.settled()
  }

  return {
    sendAvailable: ({ waitsForUploads = true } = {}) => inTurn(() => sendOnce(waitsForUploads)),
    run: () =>
      inTurn(async () => {
        try {
          if (options.follow) await followToEnd()
          else await sendOnce(true)
          return toReport()
        } catch (error) {
          return toReport(toSendError(error))
        }
      }),
    heartbeat: () => (signal.aborted ? Promise.resolve() : heartbeat()),
    readUnsent: () =>
      inTurn(async () => mergeUnsent(unsentNow(), await readUnreadWork(runDirectory, journalPath, readOffset))),
    async close() {
      closing.abort()
      await queue
      await Promise.all([openUploads?.settled(), alerts.settled()])
      if (isSyncDue) await saveSync()
    },
  }
}

function toSendError(error: unknown): SendError {
  if (error instanceof SendError) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new SendError({ code: 'send-aborted', message: `The run cannot be sent: ${reason}`, cause: error })
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

function basicAuthorization(apiKey: string): string {
  return `Basic ${Buffer.from(`api:${apiKey}`).toString('base64')}`
}

function isLocal(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl)
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]'
}
