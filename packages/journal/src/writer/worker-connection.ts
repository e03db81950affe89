import { existsSync } from 'node:fs'
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import type { EngineMessage } from '../engine/messages.ts'
import { loaderArguments } from '../loader-arguments.ts'
import { controlWord, ringOwner } from '../ring/ring-memory.ts'
import type { SenderTarget } from '../sender/sender-types.ts'
import type { SystemMetricsOptions } from '../system/system-metrics.ts'
import type { SharedThreadFacts } from '../system/thread-facts.ts'
import type { ClockStart } from './clock.ts'
import type { Connection } from './connection.ts'
import type { JournalWorkerData, WorkerReply } from './worker-messages.ts'
import type { WritingEndStart } from './writing-end.ts'

export interface OpenWorkerConnectionOptions {
  readonly start: WritingEndStart
  readonly clockStart: ClockStart
  readonly flushIntervalMs: number
  readonly runDirectory: string
  readonly target: SenderTarget | undefined
  readonly systemMetrics: SystemMetricsOptions | undefined
  readonly threadFacts: SharedThreadFacts | undefined
  /** For tests. */
  readonly onWorker: ((worker: Worker) => void) | undefined
  onReply(reply: WorkerReply): void
  /** The worker has ended although nobody asked it to. */
  onLost(message: string): void
}

export interface WorkerConnection extends Connection {
  /** The messages that were posted but are not safe yet; what a successor has to start with. */
  takeUnsafeMessages(): EngineMessage[]
  /** Ends the worker at once. */
  abandon(): void
}

// How long one wait lasts before the worker's health is looked at.
const waitSliceMs = 50
// A worker whose turn counter stands still for so long hangs for good: no disk write takes that long.
const silenceMaxMs = 30_000

/** Starts the worker that writes the journal. Returns before it runs. */
export function openWorkerConnection(options: OpenWorkerConnectionOptions): WorkerConnection {
  const { start, onReply, onLost } = options
  const { control } = start.memory
  const lane = new MessageChannel()
  const replies = new MessageChannel()
  const unsafeMessages: EngineMessage[] = []
  let takenCount = 0
  let seenReplies = 0
  let hasExited = false
  let isClosing = false
  let failure: string | undefined
  let seenTurns = 0
  let turnsSeenAtMs = performance.now()

  const workerData: JournalWorkerData = {
    start,
    clockStart: options.clockStart,
    flushIntervalMs: options.flushIntervalMs,
    runDirectory: options.runDirectory,
    lanePort: lane.port2,
    replyPort: replies.port2,
    ...(options.target === undefined ? {} : { target: options.target }),
    ...(options.systemMetrics === undefined ? {} : { systemMetrics: options.systemMetrics }),
    ...(options.threadFacts === undefined ? {} : { threadFacts: options.threadFacts }),
  }
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`./worker.${extension}`, import.meta.url), {
    name: 'lossline-journal',
    workerData,
    transferList: [lane.port2, replies.port2],
    execArgv: loaderArguments(),
    // The journal's file belongs to the process, whichever thread opened it.
    trackUnmanagedFds: false,
    // Nearly all of its garbage is short-lived texts; the default of several times 16 MiB only costs the host memory.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  })
  worker.unref()
  options.onWorker?.(worker)
  worker.on('error', (error) => {
    failure = error instanceof Error ? error.message : String(error)
  })
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      hasExited = true
      resolve()
      if (!isClosing) onLost(failure ?? 'The journal worker has ended.')
    })
  })
  lane.port1.unref()
  replies.port1.on('message', (reply: WorkerReply) => onReply(reply))
  replies.port1.unref()

  function forgetSafeMessages(): void {
    const taken = Atomics.load(control, controlWord.messagesTaken)
    if (taken !== takenCount) unsafeMessages.splice(0, (taken - takenCount) | 0)
    takenCount = taken
  }

  function isLost(): boolean {
    const owner = Atomics.load(control, controlWord.owner)
    if (hasExited || owner === ringOwner.nobodyAnyMore) return true
    const thread = Atomics.load(control, controlWord.workerThread)
    if (thread !== 0 && !existsSync(`/proc/self/task/${thread}`)) return true
    const turns = Atomics.load(control, controlWord.turns)
    const now = performance.now()
    if (turns !== seenTurns) turnsSeenAtMs = now
    seenTurns = turns
    const hasWork = Atomics.load(control, controlWord.head) !== Atomics.load(control, controlWord.tail)
    return hasWork && now - turnsSeenAtMs > silenceMaxMs
  }

  function takeReplies(): void {
    let item = receiveMessageOnPort(replies.port1)
    while (item !== undefined) {
      onReply(item.message as WorkerReply)
      item = receiveMessageOnPort(replies.port1)
    }
  }

  return {
    takeUnsafeMessages() {
      forgetSafeMessages()
      return unsafeMessages
    },
    post(message) {
      forgetSafeMessages()
      unsafeMessages.push(message)
      turnsSeenAtMs = performance.now()
      lane.port1.postMessage(message)
    },
    afterPublish() {
      if (Atomics.load(control, controlWord.sleeping) === 0) return
      if (Atomics.compareExchange(control, controlWord.sleeping, 1, 0) === 1) worker.postMessage('wake')
    },
    waitForRelease(seenTail) {
      turnsSeenAtMs = performance.now()
      for (;;) {
        Atomics.store(control, controlWord.producerWaits, 1)
        Atomics.wait(control, controlWord.tail, seenTail, waitSliceMs)
        Atomics.store(control, controlWord.producerWaits, 0)
        if (Atomics.load(control, controlWord.tail) !== seenTail) return true
        if (isLost()) return false
      }
    },
    waitForReply() {
      const count = Atomics.load(control, controlWord.replies)
      if (count === seenReplies) Atomics.wait(control, controlWord.replies, count, waitSliceMs)
      seenReplies = Atomics.load(control, controlWord.replies)
      takeReplies()
      return !isLost()
    },
    hold(isHeld) {
      if (isHeld) worker.ref()
      else worker.unref()
    },
    async close() {
      isClosing = true
      replies.port1.close()
      lane.port1.close()
      if (!hasExited) await worker.terminate()
      await exited
    },
    abandon() {
      isClosing = true
      takeReplies()
      replies.port1.close()
      lane.port1.close()
      void worker.terminate()
    },
  }
}
