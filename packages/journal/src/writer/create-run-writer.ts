import { closeSync } from 'node:fs'
import type { Worker } from 'node:worker_threads'
import type { EnvironmentRecord, JsonObject } from '@lossline/protocol'
import { holdsMedia } from '../engine/holds-media.ts'
import type { EngineMessage, EngineRequest } from '../engine/messages.ts'
import { JournalError } from '../errors.ts'
import { handOverMedia } from '../media/hand-over-media.ts'
import { createMediaMemory } from '../media/media-memory.ts'
import type { MediaItem } from '../media/media-snapshot.ts'
import type { RowItem } from '../media/row-item.ts'
import { removeStagingFolder } from '../media/stage-media.ts'
import { controlWord, packStep, ringOwner } from '../ring/ring-memory.ts'
import { createRingProducer } from '../ring/ring-producer.ts'
import type { RowShape } from '../ring/row-shape.ts'
import type { RunAddress } from '../sender/run-api.ts'
import type { SenderTarget } from '../sender/sender-types.ts'
import type { SystemMetricsOptions } from '../system/system-metrics.ts'
import { createThreadFacts } from '../system/thread-facts.ts'
import type { ClockStart } from './clock.ts'
import type { Connection } from './connection.ts'
import { createEventLoopMonitor } from './event-loop-monitor.ts'
import { openInlineConnection } from './inline-connection.ts'
import { describeMediaFailure } from './media-failure.ts'
import { estimateMessageBytes } from './message-bytes.ts'
import { createPendingReplies } from './pending-replies.ts'
import { replayJournal, trimJournal } from './recover.ts'
import type {
  EventLoopWatch,
  FinishOptions,
  FinishReport,
  JournalProblem,
  RunWriter,
  SendingProgress,
  SlowRow,
} from './run-writer.ts'
import { openSending, type Sending } from './sending.ts'
import { openWorkerConnection, type WorkerConnection } from './worker-connection.ts'
import type { FinishReply, WorkerReply } from './worker-messages.ts'
import type { WritingEndStart, WrittenReport } from './writing-end.ts'

export interface CreateRunWriterOptions {
  readonly runDirectory: string
  readonly start: WritingEndStart
  /** true = a worker writes. */
  readonly isThreaded: boolean
  readonly clockStart: ClockStart
  readonly firstStep: number
  /** Default: 32 MiB. */
  readonly mediaBytesMax: number | undefined
  readonly flushIntervalMs: number
  readonly target: SenderTarget | undefined
  readonly eventLoop: EventLoopWatch | undefined
  readonly systemMetrics: SystemMetricsOptions | undefined
  readonly onProblem: ((problem: JournalProblem) => void) | undefined
  readonly onAnnounced: ((run: RunAddress) => void) | undefined
  readonly onSendingProgress: ((progress: SendingProgress) => void) | undefined
  readonly onEnvironment: ((environment: EnvironmentRecord) => void) | undefined
  readonly onWorker: ((worker: Worker) => void) | undefined
  nowMs(): number
}

// How long the sender may take at the end of a run.
const finishTimeoutMs = 60_000
const finishSyncTimeoutMs = 5000
// Media that wait for the writing thread; ten RGB images of a megapixel. A caller that logs faster waits.
const mediaBytesMax = 32 * 2 ** 20

// What is known of a run whose last words never came.
const nothingWritten: WrittenReport = {
  rowCount: 0,
  recordCount: 0,
  droppedRowCount: 0,
  droppedMediaCount: 0,
  isWritten: false,
  contents: { fileCount: 0, artifactCount: 0, histories: [] },
}

/** Makes the writer of a journal that was created before. */
export function createRunWriter(options: CreateRunWriterOptions): RunWriter {
  const { start, nowMs, onProblem } = options
  const { memory, journalPath } = start
  const { control } = memory
  const replies = createPendingReplies()
  const problems: JournalProblem[] = []
  const shapes: RowShape[] = []
  const threadFacts = options.systemMetrics === undefined ? undefined : createThreadFacts(nowMs)
  const monitor = createEventLoopMonitor(options.eventLoop, threadFacts, nowMs)
  let step = options.firstStep
  let isStepOpen = false
  let awaitedCount = 0
  let postedCount = 0
  let refusedMediaCount = 0
  let finishRequestId: number | undefined
  let report: FinishReport | undefined
  let finishing: Promise<FinishReport> | undefined
  let workerConnection: WorkerConnection | undefined
  // Sends from this thread; only where no worker does.
  let sending: Sending | undefined
  let connection: Connection = options.isThreaded ? openWorker() : openInline([])

  const producer = createRingProducer(memory, {
    announceShape(shape) {
      shapes.push(shape)
      send({ kind: 'shape', id: shape.id, paths: shape.paths })
    },
    waitForSpace(cellCount) {
      for (;;) {
        const tail = Atomics.load(control, controlWord.tail)
        const used = (Atomics.load(control, controlWord.head) - tail) | 0
        if (memory.cells.length - used >= cellCount) return
        if (!connection.waitForRelease(tail)) takeOver('It was lost while rows waited for it.')
      }
    },
  })

  const mediaMemory = createMediaMemory({
    bytesMax: options.mediaBytesMax ?? mediaBytesMax,
    safeMessages: () => Atomics.load(control, controlWord.messagesTaken),
    wait() {
      const tail = Atomics.load(control, controlWord.tail)
      // Nothing is on its way any more: what was waited for is there.
      if (Atomics.load(control, controlWord.head) === tail) return
      if (!connection.waitForRelease(tail)) takeOver('It was lost while media waited for it.')
    },
  })

  function refuseMedia(item: MediaItem, error: unknown, column?: string): void {
    refusedMediaCount += 1
    handleReply({ kind: 'problem', problem: describeMediaFailure(item, error, column) })
  }

  function takeMedia(items: readonly RowItem[]): readonly RowItem[] {
    if (!items.some((item) => 'media' in item)) return items
    const memory = workerConnection === undefined ? undefined : mediaMemory
    return handOverMedia(items, {
      runDirectory: options.runDirectory,
      memory,
      onFailure: refuseMedia,
      onCellFailure: (item, column, error) => refuseMedia(item, error, column),
    })
  }

  function openWorker(): Connection {
    workerConnection = openWorkerConnection({
      ...options,
      threadFacts: threadFacts?.shared,
      onReply: handleReply,
      onLost: takeOver,
    })
    return workerConnection
  }

  function openInline(messages: readonly EngineMessage[], recovered?: Partial<WritingEndStart>): Connection {
    const { runDirectory, target } = options
    const reportProblem = (problem: JournalProblem) => handleReply({ kind: 'problem', problem })
    const reportProgress = (progress: SendingProgress) => handleReply({ kind: 'sending-progress', progress })
    const reportAnnounced = (run: RunAddress) => handleReply({ kind: 'announced', run })
    if (target !== undefined) {
      sending = openSending({ runDirectory, journalPath, target, reportProblem, reportAnnounced, reportProgress })
    }
    return openInlineConnection({
      start: { ...start, ...recovered },
      messages,
      nowMs,
      onReply: handleReply,
      systemMetrics: options.systemMetrics,
      threadFacts: threadFacts?.shared,
      stopWaiting: () => sending?.stopWaiting(),
      prepare({ engine, replay }) {
        if (recovered === undefined) return
        for (const { id, paths } of shapes) engine.defineShape(id, paths)
        replayJournal(recovered.fileDescriptor ?? start.fileDescriptor, replay)
      },
    })
  }

  /** Goes on in this thread, from what is in the file, the ring and the slow lane. */
  function takeOver(reason: string): void {
    const lost = workerConnection
    if (lost === undefined) return
    workerConnection = undefined
    Atomics.store(control, controlWord.owner, ringOwner.producer)
    lost.abandon()
    const message = `The thread that writes ${journalPath} is gone; the training thread writes now. ${reason}`
    handleReply({ kind: 'problem', problem: { reason: 'worker-lost', message, droppedRowCount: 0 } })
    const fileDescriptor = Atomics.load(control, controlWord.fileDescriptor)
    const fileBytes = trimJournal(fileDescriptor)
    connection = openInline(lost.takeUnsafeMessages(), { fileDescriptor, fileBytes, recordCount: 0 })
    connection.afterPublish()
    replies.abandonAll()
  }

  function handleReply(reply: WorkerReply): void {
    if (reply.kind === 'reply') {
      replies.settle(reply.id, reply.value)
      return
    }
    if (reply.kind === 'problem') problems.push(reply.problem)
    try {
      if (reply.kind === 'problem') onProblem?.(reply.problem)
      else if (reply.kind === 'announced') options.onAnnounced?.(reply.run)
      else if (reply.kind === 'sending-progress') options.onSendingProgress?.(reply.progress)
      else options.onEnvironment?.(reply.environment)
    } catch {
      // A listener's error must not end up in the training loop.
    }
  }

  function send(message: EngineMessage): void {
    postedCount = (postedCount + 1) | 0
    if (holdsMedia(message)) mediaMemory.seal(postedCount)
    connection.post(message)
    producer.writeMarker(estimateMessageBytes(message))
    connection.afterPublish()
  }

  function sendRequest(request: EngineRequest): number {
    const id = replies.open()
    send({ kind: 'request', id, request })
    return id
  }

  /** Blocks until the reply is there; undefined when it never comes or the time is over. */
  function waitForReply(id: number, timeoutMs = Number.POSITIVE_INFINITY): unknown {
    const deadlineMs = performance.now() + timeoutMs
    while (!replies.isSettled(id) && performance.now() < deadlineMs) {
      if (!connection.waitForReply()) takeOver('It was lost while an answer was awaited.')
    }
    return replies.take(id)
  }

  async function awaitReply(id: number): Promise<unknown> {
    awaitedCount += 1
    connection.hold(true)
    try {
      return await replies.whenSettled(id)
    } finally {
      awaitedCount -= 1
      if (awaitedCount === 0) connection.hold(false)
    }
  }

  function requestFinish({ exitCode, timeoutMs, leavesOpen = false }: FinishOptions, timeoutMsDefault: number): number {
    const sendTimeoutMs = timeoutMs ?? timeoutMsDefault
    finishRequestId ??= sendRequest({ name: 'finish', exitCode, leavesOpen, timeMs: nowMs(), sendTimeoutMs })
    return finishRequestId
  }

  function toReport(reply: FinishReply | undefined, sync = reply?.sync): FinishReport {
    const written = reply?.written ?? nothingWritten
    const droppedMediaCount = written.droppedMediaCount + refusedMediaCount
    return {
      journalPath,
      ...written,
      droppedMediaCount,
      ...(sync === undefined ? {} : { sync }),
      problems: [...problems],
    }
  }

  function closeFile(): void {
    monitor.close()
    removeStagingFolder(options.runDirectory)
    try {
      closeSync(Atomics.load(control, controlWord.fileDescriptor))
    } catch {
      // Closed already; everything was synced before.
    }
  }

  function checkIsOpen(): void {
    if (finishRequestId === undefined) return
    throw new JournalError({ code: 'journal-finished', message: `The run of ${journalPath} is finished.` })
  }

  return {
    journalPath,
    runDirectory: options.runDirectory,
    problems,
    get step() {
      return step
    },
    tryLogNumbers(metrics, givenStep) {
      if (finishRequestId !== undefined) return false
      const isCommitted = givenStep === undefined
      const rowStep = isCommitted ? step : givenStep
      if (!(rowStep >= step)) return false
      const timeMs = nowMs()
      monitor.noteLog(timeMs)
      if (!producer.tryWriteRow(metrics, packStep(rowStep, isCommitted), timeMs)) return false
      step = isCommitted ? rowStep + 1 : rowStep
      isStepOpen = !isCommitted
      connection.afterPublish()
      return true
    },
    logRow(row: SlowRow) {
      checkIsOpen()
      const rowStep = row.step ?? step
      if (rowStep < step) return 'step-too-low'
      const isCommitted = row.commit ?? row.step === undefined
      const timeMs = nowMs()
      monitor.noteLog(timeMs)
      step = isCommitted ? rowStep + 1 : rowStep
      isStepOpen = !isCommitted
      const { timestampSeconds } = row
      const taken = takeMedia(row.items)
      const items =
        timestampSeconds === undefined ? taken : [...taken, { path: ['_timestamp'], json: String(timestampSeconds) }]
      send({ kind: 'row', items, step: rowStep, isCommitted, timeMs })
      return 'logged'
    },
    commit() {
      checkIsOpen()
      if (!isStepOpen) return
      isStepOpen = false
      step += 1
      send({ kind: 'commit' })
    },
    append(body) {
      checkIsOpen()
      send({ kind: 'record', body })
    },
    defineMetric(metric) {
      checkIsOpen()
      send({ kind: 'metric', metric })
    },
    restore(earlier) {
      checkIsOpen()
      send({ kind: 'earlier', earlier })
    },
    updateSummary(update, remove) {
      checkIsOpen()
      send({ kind: 'summary', update: takeMedia(update), remove })
    },
    readSummary() {
      checkIsOpen()
      return (waitForReply(sendRequest({ name: 'summary' })) ?? {}) as JsonObject
    },
    async flush() {
      if (finishRequestId === undefined) await awaitReply(sendRequest({ name: 'flush' }))
    },
    flushSync() {
      if (finishRequestId === undefined) waitForReply(sendRequest({ name: 'flush' }))
    },
    finish(finishOptions) {
      finishing ??= finish(finishOptions)
      return finishing
    },
    stopWaiting() {
      if (report === undefined && finishRequestId !== undefined) sendRequest({ name: 'stop-waiting' })
    },
    finishSync(finishOptions) {
      if (report !== undefined) return report
      const id = requestFinish(finishOptions, finishSyncTimeoutMs)
      const reply = waitForReply(id, finishTimeoutMs) as FinishReply | undefined
      report = toReport(reply, reply?.sync ?? sending?.outcomeNow)
      workerConnection?.abandon()
      void connection.close()
      closeFile()
      return report
    },
  }

  async function finish(finishOptions: FinishOptions): Promise<FinishReport> {
    const reply = await awaitReply(requestFinish(finishOptions, finishTimeoutMs))
    const sync = await sending?.finish(finishOptions.timeoutMs ?? finishTimeoutMs)
    // A blocking finish may have come in between.
    if (report !== undefined) return report
    report = toReport(reply as FinishReply | undefined, sync)
    await connection.close()
    closeFile()
    return report
  }
}
