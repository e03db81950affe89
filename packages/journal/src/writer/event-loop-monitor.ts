import { type ThreadFacts, turnIntervalMs } from '../system/thread-facts.ts'
import type { EventLoopWatch } from './run-writer.ts'

/** Tells when log calls come while the event loop stands still. */
export interface EventLoopMonitor {
  /** Called by each log call with its time; costs a comparison. */
  noteLog(timeMs: number): void
  close(): void
}

const starvedAfterMsDefault = 1000

// While the loop stands still, the log calls look at the heap in its place, this often.
const publishIntervalMs = 1000

/**
 * Makes the monitor; one that does nothing when nobody listens.
 *
 * @param threadFacts - Kept up to date by the way: the loop's turns and the heap.
 */
export function createEventLoopMonitor(
  watch: EventLoopWatch | undefined,
  threadFacts: ThreadFacts | undefined,
  nowMs: () => number,
): EventLoopMonitor {
  if (watch === undefined && threadFacts === undefined) return { noteLog() {}, close() {} }
  const starvedAfterMs = watch?.starvedAfterMs ?? starvedAfterMsDefault
  let isStarved = false
  let lookAtMs = nowMs() + starvedAfterMs
  const timer = setInterval(turn, Math.min(turnIntervalMs, starvedAfterMs / 4))
  timer.unref()

  function turn(): void {
    const timeMs = nowMs()
    const wasStarved = isStarved
    isStarved = false
    lookAtMs = timeMs + starvedAfterMs
    threadFacts?.noteTurn(timeMs)
    if (wasStarved) watch?.onTurn()
  }

  function look(timeMs: number): void {
    lookAtMs = threadFacts === undefined ? Number.POSITIVE_INFINITY : timeMs + publishIntervalMs
    threadFacts?.publish()
    if (isStarved) return
    isStarved = true
    watch?.onStarved()
  }

  return {
    noteLog(timeMs) {
      if (timeMs >= lookAtMs) look(timeMs)
    },
    close() {
      clearInterval(timer)
      threadFacts?.close()
    },
  }
}
