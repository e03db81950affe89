import type { PutRunWrite, Write, WriteResult } from '../store.ts'
import { compactStream } from './compact.ts'
import { createCompactionSchedule, type TailState } from './compaction-schedule.ts'
import type { Connection } from './connection.ts'
import { streamIds } from './run-reader.ts'

/** Time and timers, so that tests can move them. */
export interface StoreClock {
  /** Milliseconds; only differences count. */
  now(): number
  setTimeout(callback: () => void, delayMs: number): unknown
}

/** Compacts in the background, one stream a turn of the event loop, so that writes come in between. */
export interface Compactor {
  /** Tells of writes that are committed, with the result of each. */
  note(writes: readonly Write[], results: readonly unknown[]): void
  /** Compacts what is due, or everything, now. */
  compact(options: { readonly all: boolean }): void
  stop(): void
}

export interface CreateCompactorOptions {
  readonly connection: Connection
  readonly clock: StoreClock
  /** A compaction failed; nothing is lost, it is tried again after {@link retryMs}. */
  readonly onProblem: (error: unknown) => void
}

/** How often it is looked for streams that have become quiet, and how long a failed compaction waits. */
const checkMs = 10_000

const endedStates: ReadonlySet<string> = new Set(['finished', 'failed', 'crashed', 'killed'])

export function createCompactor({ connection, clock, onProblem }: CreateCompactorOptions): Compactor {
  const schedule = createCompactionSchedule()
  let isStopped = false
  let isTurnScheduled = false
  let isCheckScheduled = false
  let retryAtMs = Number.NEGATIVE_INFINITY

  const compactOne = (tail: TailState): void => {
    compactStream(connection, tail.run, tail.streamId)
    schedule.forget(tail)
  }

  const turn = (): void => {
    isTurnScheduled = false
    if (isStopped || clock.now() < retryAtMs) return
    const [tail] = schedule.due(clock.now())
    if (tail === undefined) return
    try {
      compactOne(tail)
    } catch (error) {
      retryAtMs = clock.now() + checkMs
      onProblem(error)
    }
    scheduleTurn()
  }

  const scheduleTurn = (): void => {
    if (isTurnScheduled || isStopped) return
    isTurnScheduled = true
    setImmediate(turn)
  }

  const scheduleCheck = (): void => {
    if (isCheckScheduled || isStopped) return
    isCheckScheduled = true
    const timer = clock.setTimeout(() => {
      isCheckScheduled = false
      if (isStopped) return
      scheduleTurn()
      if (schedule.all().length > 0) scheduleCheck()
    }, checkMs)
    // Of Node's timers only: a store that waits for nothing but a check keeps no process alive.
    if (timer instanceof Object && 'unref' in timer && typeof timer.unref === 'function') timer.unref()
  }

  const noteTail = (run: number, streamId: number, rowCount: number): void => {
    schedule.noteAppend(run, streamId, rowCount, clock.now())
    scheduleCheck()
  }

  // Tails that an earlier process left behind count as appended now.
  const found = connection.all<{ run: number; stream: number; rowCount: number }>(
    'SELECT run, stream, sum(row_count) AS rowCount FROM tail GROUP BY run, stream',
  )
  for (const tail of found) noteTail(tail.run, tail.stream, tail.rowCount)
  if (found.length > 0) scheduleTurn()

  return {
    note(writes, results) {
      for (const [index, write] of writes.entries()) {
        if (write.kind === 'append-rows') noteTail(write.run, streamIds[write.stream], write.rows.rowCount)
        if (write.kind === 'delete-run') schedule.forgetRun(write.run)
        if (write.kind === 'put-run' && endedStates.has(write.change.state ?? '')) {
          schedule.noteEnd((results[index] as WriteResult<PutRunWrite>).run.id)
        }
      }
      scheduleTurn()
    },
    compact({ all }) {
      for (const tail of all ? schedule.all() : schedule.due(clock.now())) compactOne(tail)
    },
    stop: () => {
      isStopped = true
    },
  }
}
