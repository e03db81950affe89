import type { RunRecord } from '@lossline/protocol'
import { controlWord, createRingMemory, ringOwner } from '../ring/ring-memory.ts'
import { createClock, createClockStart } from './clock.ts'
import { createJournal } from './create-journal.ts'
import { createRunWriter } from './create-run-writer.ts'
import type { InternalRunWriterOptions, OpenRunWriterOptions, RunWriter } from './run-writer.ts'
import type { WritingEndStart } from './writing-end.ts'

// About 9,000 rows of 10 numbers: a tenth of a second of the fastest loops, and small enough to stay in the cache.
const ringBytesDefault = 2 ** 20
// Plain rows are drained after each call, so the inline ring only has to hold one.
const inlineRingBytes = 2 ** 16
const flushIntervalMsDefault = 4
const flushIntervalMsMax = 5

/**
 * Creates the journal of a run and everything that writes it. When the promise resolves, its header and run record are
 * on disk, and the worker, if there is one, waits for rows.
 *
 * @throws {@link JournalError} `journal-exists`, `journal-not-writable`. Nothing throws for such reasons afterwards.
 * @example
 * ```ts
 * const writer = await openRunWriter({
 *   runDirectory: '.lossline/runs/run-20261124_101500-k3v9xq2a',
 *   run: { runId: 'k3v9xq2a', project: 'digits', startTime: { seconds: 1795515300, nanos: 0 } },
 *   producer: 'example/1.0.0',
 * })
 * writer.tryLogNumbers({ loss: 0.31, epoch: 1 })
 * await writer.finish({ exitCode: 0 })
 * ```
 */
export async function openRunWriter(options: OpenRunWriterOptions): Promise<RunWriter> {
  const writer = openRunWriterInternally(options)
  // Until the worker runs, rows would be in memory only, and a kill would take more of them than a few milliseconds' worth.
  await writer.flush()
  return writer
}

/** {@link openRunWriter} with what only tests set. */
export function openRunWriterInternally(options: OpenRunWriterOptions & InternalRunWriterOptions): RunWriter {
  const { run, durability = 'batched', useWorker = true, target, diskBytesLeft } = options
  const clockStart = createClockStart()
  const journal = createJournal(options)
  const isThreaded = durability === 'batched' && useWorker
  const memory = createRingMemory(isThreaded ? (options.ringBytes ?? ringBytesDefault) : inlineRingBytes, isThreaded)
  Atomics.store(memory.control, controlWord.owner, isThreaded ? ringOwner.nobody : ringOwner.producer)
  Atomics.store(memory.control, controlWord.fileDescriptor, journal.fileDescriptor)
  const start: WritingEndStart = {
    memory,
    journalPath: journal.path,
    run: { runId: run.runId ?? '', project: run.project, entity: run.entity },
    fileDescriptor: journal.fileDescriptor,
    fileBytes: journal.fileBytes,
    recordCount: journal.recordCount,
    startTimeMs: toStartTimeMs(run, clockStart.wallMs),
    earlierRuntimeSeconds: run.runtime ?? 0,
    syncIntervalMs: options.fsyncIntervalMs ?? 1000,
    ...(diskBytesLeft === undefined ? {} : { diskBytesLeft }),
  }
  return createRunWriter({
    runDirectory: options.runDirectory,
    start,
    isThreaded,
    clockStart,
    nowMs: createClock(clockStart),
    mediaBytesMax: options.mediaBytesMax,
    firstStep: Number(run.startingStep ?? 0),
    flushIntervalMs: Math.min(options.flushIntervalMs ?? flushIntervalMsDefault, flushIntervalMsMax),
    target,
    eventLoop: options.eventLoop,
    systemMetrics: options.systemMetrics,
    onProblem: options.onProblem,
    onAnnounced: options.onAnnounced,
    onSendingProgress: options.onSendingProgress,
    onEnvironment: options.onEnvironment,
    onWorker: options.onWorker,
  })
}

function toStartTimeMs({ startTime }: RunRecord, defaultMs: number): number {
  if (startTime === undefined) return defaultMs
  return Number(startTime.seconds ?? 0) * 1000 + (startTime.nanos ?? 0) / 1e6
}
