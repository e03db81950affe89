interface Waiting {
  readonly start: () => void
}

/** Runs tasks in order, with a limit on how many are under way. */
export interface RequestQueue {
  /** Rejects with the signal's reason when aborted before its turn. */
  run<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>
  readonly activeCount: number
}

/** A queue with at most `activeMax` tasks under way. */
export function createRequestQueue(activeMax: number): RequestQueue {
  const waiting: Waiting[] = []
  let activeCount = 0
  const next = (): void => {
    while (activeCount < activeMax && waiting.length > 0) waiting.shift()?.start()
  }
  return {
    get activeCount() {
      return activeCount
    },
    run(task, signal) {
      return new Promise((resolve, reject) => {
        const item: Waiting = {
          start: () => {
            signal.removeEventListener('abort', giveUp)
            activeCount++
            task()
              .then(resolve, reject)
              .finally(() => {
                activeCount--
                next()
              })
          },
        }
        const giveUp = (): void => {
          const at = waiting.indexOf(item)
          if (at >= 0) waiting.splice(at, 1)
          reject(signal.reason)
        }
        if (signal.aborted) return reject(signal.reason)
        signal.addEventListener('abort', giveUp, { once: true })
        waiting.push(item)
        next()
      })
    },
  }
}
