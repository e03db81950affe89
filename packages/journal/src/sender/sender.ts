import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { FileStreamRequest } from '@lossline/protocol'
import { lineBytesMax } from '../line-limit.ts'
import { type JournalEvent, openJournalReader } from '../reader/journal-reader.ts'
import { aborted, sleep, systemClock } from './clock.ts'
import type { GraphqlOptions } from './graphql.ts'
import { createJournalLines } from './journal-lines.ts'
import { createRunFileUploader, type RunFileUploader } from './run-files.ts'
import { SendError } from './send-error.ts'
import type { Sender, SenderOptions, SendProblem, SendReport } from './sender-types.ts'
import { createServerSession } from './server-session.ts'
import { readSyncState, writeSyncState } from './sync-state.ts'

const pollIntervalMs = 100
const heartbeatIntervalMs = 30_000
// W&B's servers limit requests; one on this machine is there to show curves while they grow.
const foreignTransmitIntervalMs = 15_000
const localTransmitIntervalMs = 1_000
const syncIntervalMs = 1_000

/** Makes the sender of one run folder to one server. Nothing is read or sent yet. */
export function createSender(options: SenderOptions): Sender {
  const { runDirectory, journalPath, target, clock = systemClock } = options
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
  const session = createServerSession({ graphql, entity: target.entity, project: target.project })
  const problems: Partial<Record<SendProblem, number>> = {}
  const lines = createJournalLines(
    () => session.isStructured,
    () => count('too-large'),
  )
  const { state, batch } = lines
  /** Requests that were put together and not yet acknowledged. */
  const unsent: FileStreamRequest[] = []
  let unsentEndOffset = 0
  let uploader: RunFileUploader | undefined
  let isOpen = false
  let readOffset = 0
  let acknowledgedOffset = 0
  let historyStart: number | undefined
  let sentSummaryVersion = 0
  let isExitQueued = false
  let isExitSent = false
  let isStopRequested = false
  let requestCount = 0
  let lastRequestMs = clock.now()
  let lastSyncMs = Number.NEGATIVE_INFINITY
  let isSyncDue = false
  let known: SendReport['run']
  let queue: Promise<unknown> = Promise.resolve()

  function count(problem: SendProblem): void {
    problems[problem] = (problems[problem] ?? 0) + 1
  }

  async function openOnce(): Promise<void> {
    if (isOpen) return
    const sync = await readSyncState(runDirectory, baseUrl)
    if (sync !== undefined) {
      acknowledgedOffset = sync.journalOffset
      historyStart = sync.historyStart
      isExitSent = sync.isExitSent
      isExitQueued = sync.isExitSent
      const runId = basename(journalPath).replace(/^run-|\.wandb$/g, '')
      known = { entity: sync.entity, project: sync.project, runId, displayName: sync.displayName }
    }
    uploader = createRunFileUploader({
      runDirectory,
      uploadedFiles: sync?.uploadedFiles ?? [],
      graphql,
      onFailure: () => count('file'),
    })
    isOpen = true
  }

  /** Takes in what the journal has, sending whenever enough has come together. */
  async function readAvailable(): Promise<void> {
    for await (const events of openJournalReader(journalPath, { from: readOffset }).batches()) {
      for (const event of events) {
        if (signal.aborted) throw aborted()
        takeEvent(event)
        if (batch.isFull) await flush()
      }
    }
  }

  function takeEvent(event: JournalEvent): void {
    if (event.kind === 'record') {
      lines.take(event.record, event.endOffset <= acknowledgedOffset)
      readOffset = event.endOffset
    } else if (event.kind === 'damage') {
      if (event.offset >= readOffset) count('damaged')
      readOffset = Math.max(readOffset, event.offset + event.skippedBytes)
    }
  }

  /** Sends all that waits. Whatever is interrupted is done by the next call. */
  async function flush(): Promise<void> {
    // Without its run record there is nothing that a server could be told.
    if (state.run === undefined) return
    await session.update(state)
    if (session.address !== undefined) known = session.address
    if (historyStart === undefined) {
      // Only a run that goes on has lines before ours. Any other run's lines have their own place, however often they come.
      historyStart = state.run.resumed ? session.historyLineCount : 0
      await saveSync()
    }
    await postUnsent()
    await queueWaiting()
    await postUnsent()
  }

  async function queueWaiting(): Promise<void> {
    const address = session.address
    if (address === undefined || state.run === undefined) return
    if (state.summaryVersion !== sentSummaryVersion) {
      const summary = state.summaryJson()
      if (Buffer.byteLength(summary) <= lineBytesMax) batch.setSummary(summary)
      else count('too-large')
      sentSummaryVersion = state.summaryVersion
    }
    batch.setConsole(lines.console.takeChanges())
    const isEnd = state.exit !== undefined && !isExitQueued
    batch.addUploaded((await uploader?.uploadDue(state, address, isEnd)) ?? [])
    if (isEnd && !state.exit?.notComplete) batch.setExit(state.exit?.exitCode ?? 0)
    if (isEnd) isExitQueued = true
    unsentEndOffset = readOffset
    if (batch.isEmpty) acknowledge()
    else unsent.push(...batch.take().map(withHistoryStart))
  }

  function withHistoryStart(request: FileStreamRequest): FileStreamRequest {
    const history = request.files?.['wandb-history.jsonl']
    if (history === undefined || !historyStart) return request
    const moved = { ...history, offset: history.offset + historyStart }
    return { ...request, files: { ...request.files, 'wandb-history.jsonl': moved } }
  }

  async function postUnsent(): Promise<void> {
    let request = unsent[0]
    while (request !== undefined) {
      const answer = await session.post(request)
      unsent.shift()
      requestCount += 1
      lastRequestMs = clock.now()
      if (answer.isStopRequested && !isStopRequested) {
        isStopRequested = true
        options.onProgress?.({ kind: 'stop-requested' })
      }
      if (unsent.length === 0) {
        acknowledge()
        options.onProgress?.({ kind: 'sent', report: toReport() })
      }
      request = unsent[0]
    }
    if (isSyncDue && (isExitSent || clock.now() - lastSyncMs >= syncIntervalMs)) await saveSync()
  }

  function acknowledge(): void {
    isSyncDue ||= unsentEndOffset > acknowledgedOffset || isExitQueued !== isExitSent
    acknowledgedOffset = Math.max(acknowledgedOffset, unsentEndOffset)
    isExitSent = isExitQueued
  }

  async function saveSync(): Promise<void> {
    isSyncDue = false
    lastSyncMs = clock.now()
    try {
      await writeSyncState(runDirectory, baseUrl, {
        journalOffset: acknowledgedOffset,
        historyStart: historyStart ?? 0,
        isExitSent,
        uploadedFiles: uploader?.uploadedFiles ?? [],
        entity: known?.entity ?? '',
        project: known?.project ?? '',
        displayName: known?.displayName ?? '',
      })
    } catch {
      // A read-only or full disk: what was sent will be sent once more by the next sender, which does no harm.
    }
  }

  function toReport(error?: SendError): SendReport {
    return {
      run: known,
      acknowledgedOffset,
      requestCount,
      historyRowCount: state.historyRowCount,
      isExitSent,
      isStopRequested,
      problems: { ...problems },
      ...(error === undefined ? {} : { error }),
    }
  }

  /** Whether an earlier sender has done it all, so that the server need not be asked. */
  async function isDone(): Promise<boolean> {
    if (!isExitSent || readOffset > 0) return false
    return (await stat(journalPath)).size <= acknowledgedOffset
  }

  /** Calls that overlap wait for each other. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = queue.then(work)
    queue = result.catch(() => undefined)
    return result
  }

  async function sendOnce(): Promise<SendReport> {
    if (signal.aborted) throw aborted()
    await openOnce()
    if (!(await isDone())) {
      await readAvailable()
      await flush()
    }
    return toReport()
  }

  async function followToEnd(): Promise<void> {
    const intervalMs =
      target.transmitIntervalMs ?? (isLocal(baseUrl) ? localTransmitIntervalMs : foreignTransmitIntervalMs)
    let lastFlushMs = Number.NEGATIVE_INFINITY
    await openOnce()
    if (await isDone()) return
    while (!isExitSent) {
      await readAvailable()
      const nowMs = clock.now()
      if (state.exit !== undefined || nowMs - lastFlushMs >= intervalMs) {
        await flush()
        lastFlushMs = clock.now()
      }
      if (isExitSent) break
      if (clock.now() - lastRequestMs >= heartbeatIntervalMs) {
        await session.heartbeat()
        lastRequestMs = clock.now()
      }
      await sleep(clock, pollIntervalMs, signal)
    }
  }

  return {
    sendAvailable: () => inTurn(sendOnce),
    run: () =>
      inTurn(async () => {
        try {
          if (options.follow) await followToEnd()
          else await sendOnce()
          return toReport()
        } catch (error) {
          return toReport(toSendError(error))
        }
      }),
    heartbeat: () => (signal.aborted ? Promise.resolve() : session.heartbeat()),
    async close() {
      closing.abort()
      await queue
      if (isSyncDue) await saveSync()
    },
  }
}

function toSendError(error: unknown): SendError {
  if (error instanceof SendError) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new SendError({ code: 'send-aborted', message: `The run cannot be sent: ${reason}`, cause: error })
}

function basicAuthorization(apiKey: string): string {
  return `Basic ${Buffer.from(`api:${apiKey}`).toString('base64')}`
}

function isLocal(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl)
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]'
}
