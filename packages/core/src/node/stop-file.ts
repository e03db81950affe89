import { isMainThread } from 'node:worker_threads'
import { isStopWanted } from '@lossline/journal'

/** A person who has pressed a button waits so long at most, besides the server's way to the folder. */
const lookIntervalMs = 500
/** A loop that asks in each turn is not slowed down by the file system. */
const lookAgainMs = 100

/**
 * Looks for the file by which a run's program learns that it is to end: two looks a second, and when asked. Does not keep
 * the process alive.
 */
export function watchStopFile(runDirectory: string, onWanted: () => void): { look(): void; close(): void } {
  let lastLookMs = Number.NEGATIVE_INFINITY
  let isClosed = false

  const look = (): void => {
    const nowMs = performance.now()
    if (isClosed || nowMs - lastLookMs < lookAgainMs) return
    lastLookMs = nowMs
    if (isStopWanted(runDirectory)) onWanted()
  }
  const timer = setInterval(look, lookIntervalMs)
  timer.unref()
  return {
    look,
    close() {
      isClosed = true
      clearInterval(timer)
    },
  }
}

/** What Ctrl-C does. A worker thread has no signals of its own: only its program can end it. */
export function interruptProcess(): void {
  if (isMainThread) process.kill(process.pid, 'SIGINT')
}
