import type { EventLoopWatch } from './run-writer.ts'

/** Tells when log calls come while the event loop stands still. */
export interface EventLoopMonitor {
  /** Called by each log call with its time; costs a comparison. */
  noteLog(timeMs: number): void
  close(): void
}

const starvedAfterMsDefault = 1000

/** Makes the monitor; one that does nothing when nobody listens. */
export function createEventLoopMonitor(watch: EventLoopWatch | undefined, nowMs: () => number): EventLoopMonitor {
  if (watch === undefined) return { noteLog() {}, close() {} }
  const starvedAfterMs = watch.starvedAfterMs ?? starvedAfterMsDefault
  let starvedAtMs = nowMs() + starvedAfterMs
  const timer = setInterval(() => {
    const isBack = starvedAtMs === Number.POSITIVE_INFINITY
    starvedAtMs = nowMs() + starvedAfterMs
    if (isBack) watch.onTurn()
  }, starvedAfterMs / 4)
  timer.unref()

  return {
    noteLog(timeMs) {
      if (timeMs < starvedAtMs) return
      starvedAtMs = Number.POSITIVE_INFINITY
      watch.onStarved()
    },
    close() {
      clearInterval(timer)
    },
  }
}
