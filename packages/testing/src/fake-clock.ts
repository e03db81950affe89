/** A clock that stands still until it is told to move. Times are milliseconds. */
export interface FakeClock {
  /** The clock's time now. */
  now(): number
  /** Calls `callback` once, when the clock has moved by `delayMs`. The result is for {@link FakeClock.clearTimeout}. */
  setTimeout(callback: () => void, delayMs: number): number
  /** Forgets a timer; unknown and past ones are fine. */
  clearTimeout(timer: number | undefined): void
  /** How many timers wait. */
  readonly timerCount: number
  /**
   * Moves on, runs what falls due in order of time (also what that starts) and lets promises settle in between.
   *
   * @throws RangeError for a negative or non-finite duration.
   */
  advance(durationMs: number): Promise<void>
}

interface Timer {
  readonly id: number
  readonly dueMs: number
  readonly callback: () => void
}

/**
 * Makes a clock for tests of code that takes its clock as an argument.
 *
 * @param startMs - Its first time. Default: 2026-01-01T00:00:00Z.
 */
export function createFakeClock(startMs: number = Date.UTC(2026, 0, 1)): FakeClock {
  let nowMs = startMs
  let lastId = 0
  const timers = new Map<number, Timer>()

  const takeNextDue = (untilMs: number): Timer | undefined => {
    let next: Timer | undefined
    for (const timer of timers.values()) {
      if (timer.dueMs <= untilMs && (next === undefined || timer.dueMs < next.dueMs)) next = timer
    }
    if (next !== undefined) timers.delete(next.id)
    return next
  }

  return {
    now: () => nowMs,
    setTimeout(callback, delayMs) {
      lastId += 1
      timers.set(lastId, { id: lastId, dueMs: nowMs + Math.max(0, delayMs), callback })
      return lastId
    },
    clearTimeout(timer) {
      if (timer !== undefined) timers.delete(timer)
    },
    get timerCount() {
      return timers.size
    },
    async advance(durationMs) {
      if (!(durationMs >= 0 && Number.isFinite(durationMs))) throw new RangeError(`Cannot advance by ${durationMs} ms.`)
      const untilMs = nowMs + durationMs
      await settlePromises()
      for (let timer = takeNextDue(untilMs); timer !== undefined; timer = takeNextDue(untilMs)) {
        nowMs = Math.max(nowMs, timer.dueMs)
        timer.callback()
        await settlePromises()
      }
      nowMs = untilMs
    },
  }
}

/** One turn of the event loop: every promise that can settle has settled after it. */
function settlePromises(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
