/** When a stream's tail becomes due. */
const tailRowCountMax = 4096
export const quietMs = 60_000

/** A stream of a run that has a tail. */
export interface TailState {
  readonly run: number
  readonly streamId: number
  rowCount: number
  lastAppendMs: number
  isEnded: boolean
}

/** Remembers which streams have a tail and says which of them are due for compaction. */
export interface CompactionSchedule {
  noteAppend(run: number, streamId: number, rowCount: number, nowMs: number): void
  /** The run has ended: its tails are due at once. */
  noteEnd(run: number): void
  /** The stream has no tail any more. */
  forget(tail: TailState): void
  forgetRun(run: number): void
  all(): TailState[]
  due(nowMs: number): TailState[]
}

export function createCompactionSchedule(): CompactionSchedule {
  const tails = new Map<string, TailState>()
  const keyOf = (run: number, streamId: number): string => `${run}/${streamId}`
  return {
    noteAppend(run, streamId, rowCount, nowMs) {
      const known = tails.get(keyOf(run, streamId))
      if (known === undefined) {
        tails.set(keyOf(run, streamId), { run, streamId, rowCount, lastAppendMs: nowMs, isEnded: false })
        return
      }
      known.rowCount += rowCount
      known.lastAppendMs = nowMs
      // Rows after the end (a late retry, a resumed run) wait for a pause like all others.
      known.isEnded = false
    },
    noteEnd(run) {
      for (const tail of tails.values()) if (tail.run === run) tail.isEnded = true
    },
    forget: (tail) => void tails.delete(keyOf(tail.run, tail.streamId)),
    forgetRun(run) {
      for (const [key, tail] of tails) if (tail.run === run) tails.delete(key)
    },
    all: () => [...tails.values()],
    due: (nowMs) =>
      [...tails.values()].filter(
        (tail) => tail.isEnded || tail.rowCount >= tailRowCountMax || nowMs - tail.lastAppendMs >= quietMs,
      ),
  }
}
