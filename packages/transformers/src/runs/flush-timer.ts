// Writing a table again costs as much as all its rows.
const delayMinMs = 1_000
const delayMaxMs = 60_000

/** Calls something some time after it was asked to. */
export interface FlushTimer {
  /** Asks; what was asked before is not asked twice. */
  start(): void
  stop(): void
}

/** Makes a timer that waits for a second at first, and twice as long each time, up to a minute. It keeps no process alive. */
export function createFlushTimer(flush: () => void): FlushTimer {
  let delayMs = delayMinMs
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    start() {
      if (timer !== undefined) return
      timer = setTimeout(() => {
        timer = undefined
        delayMs = Math.min(2 * delayMs, delayMaxMs)
        flush()
      }, delayMs)
      // In browsers it is a number.
      if (typeof timer === 'object') timer.unref()
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
