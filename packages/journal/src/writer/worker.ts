import { readlinkSync } from 'node:fs'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { EngineMessage } from '../engine/messages.ts'
import { controlWord, ringOwner } from '../ring/ring-memory.ts'
import type { RunAddress } from '../sender/run-api.ts'
import { type SystemMetrics, startSystemMetrics } from '../system/system-metrics.ts'
import { createClock } from './clock.ts'
import type { JournalProblem, SendingProgress } from './run-writer.ts'
import { openSending, type Sending } from './sending.ts'
import type { FinishReply, JournalWorkerData, WorkerReply } from './worker-messages.ts'
import { createWritingEnd, type WritingEnd } from './writing-end.ts'

// One turn of the loop may take this long; then timers and the sender's network get theirs.
const turnBudgetMs = 8
// The loop goes on polling this long after the last row; below that rate of rows each one costs a wake message.
const lingerMs = 60
// What waits for its time (summary, sync, a full disk) is looked at this often while no rows come.
const restingTickMs = 100

const { start, clockStart, flushIntervalMs, runDirectory, lanePort, replyPort, target, systemMetrics, threadFacts } =
  workerData as JournalWorkerData
const { control } = start.memory
const nowMs = createClock(clockStart)
const pollMs = Math.max(1, Math.floor(flushIntervalMs / 2))

function post(reply: WorkerReply): void {
  replyPort.postMessage(reply)
  Atomics.add(control, controlWord.replies, 1)
  Atomics.notify(control, controlWord.replies)
}

function reportProblem(problem: JournalProblem): void {
  post({ kind: 'problem', problem })
}

/** The thread's id in the operating system, by which the other thread sees whether this one is still there. */
function readThreadId(): number {
  try {
    return Number(readlinkSync('/proc/thread-self').split('/').at(-1)) || 0
  } catch {
    return 0
  }
}

/** Writes what comes, until the process ends. Returns what lets it write records that came neither by ring nor lane. */
function runWritingLoop(writingEnd: WritingEnd): () => void {
  const { pump } = writingEnd
  let emptyTurns = 0
  let restingTimer: NodeJS.Timeout | undefined

  function guarded(step: () => void): void {
    try {
      step()
    } catch (error) {
      // The other thread takes over from what is in the file and in the ring.
      Atomics.store(control, controlWord.owner, ringOwner.nobodyAnyMore)
      Atomics.notify(control, controlWord.tail)
      Atomics.notify(control, controlWord.replies)
      throw error
    }
  }

  function turn(): void {
    if (Atomics.load(control, controlWord.owner) !== ringOwner.worker) process.exit()
    const outcome = pump.run(turnBudgetMs)
    if (outcome === 'more') {
      setImmediate(guarded, turn)
      return
    }
    emptyTurns = outcome === 'moved' ? 0 : emptyTurns + 1
    if (emptyTurns * pollMs < lingerMs) setTimeout(guarded, pollMs, turn)
    else rest()
  }

  function rest(): void {
    Atomics.store(control, controlWord.sleeping, 1)
    // A row published before the flag was up has no wake message.
    if (Atomics.load(control, controlWord.head) !== Atomics.load(control, controlWord.tail)) wake()
    else restingTick()
  }

  function restingTick(): void {
    restingTimer = pump.tick() ? setTimeout(guarded, restingTickMs, restingTick) : undefined
  }

  function wake(): void {
    Atomics.store(control, controlWord.sleeping, 0)
    clearTimeout(restingTimer)
    emptyTurns = 0
    turn()
  }

  parentPort?.on('message', () => guarded(wake))
  guarded(turn)
  return () => {
    if (Atomics.load(control, controlWord.sleeping) === 0) return
    clearTimeout(restingTimer)
    guarded(restingTick)
  }
}

function main(): void {
  Atomics.store(control, controlWord.workerThread, readThreadId())
  const previous = Atomics.compareExchange(control, controlWord.owner, ringOwner.nobody, ringOwner.worker)
  if (previous !== ringOwner.nobody) return
  let sending: Sending | undefined
  let sampling: SystemMetrics | undefined

  async function replyFinished(id: number, reply: FinishReply, sendTimeoutMs: number): Promise<void> {
    const sync = await sending?.finish(sendTimeoutMs)
    post({ kind: 'reply', id, value: sync === undefined ? reply : { ...reply, sync } })
  }

  const writingEnd = createWritingEnd(start, {
    nowMs,
    reportProblem,
    takeMessage: () => receiveMessageOnPort(lanePort)?.message as EngineMessage | undefined,
    beforeFinish: () => sampling?.stop(),
    stopWaiting: () => sending?.stopWaiting(),
    reply: (id, value) => post({ kind: 'reply', id, value }),
    replyFinished: (id, written, sendTimeoutMs) => void replyFinished(id, { written }, sendTimeoutMs),
  })
  if (target !== undefined) {
    const reportProgress = (progress: SendingProgress): void => post({ kind: 'sending-progress', progress })
    const reportAnnounced = (run: RunAddress): void => post({ kind: 'announced', run })
    const { journalPath } = start
    sending = openSending({ runDirectory, journalPath, target, reportProblem, reportAnnounced, reportProgress })
  }
  const writeSoon = runWritingLoop(writingEnd)
  if (systemMetrics === undefined) return
  sampling = startSystemMetrics({
    ...systemMetrics,
    threadFacts,
    nowMs,
    append(body) {
      writingEnd.engine.append(body)
      writeSoon()
    },
    onEnvironment: (environment) => post({ kind: 'environment', environment }),
  })
}

main()
