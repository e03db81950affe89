import type { SendError, SendProgress } from '@lossline/journal'

/** Gives up on a server that has not done anything for some time. */
export interface Patience {
  /** Aborts when the server was silent, or only in trouble, for too long. */
  readonly signal: AbortSignal
  /** What the server did when it was given up; undefined if it was not. */
  readonly trouble: string | undefined
  /** `fetch`, with an eye on the requests that wait for their answers. */
  readonly fetch: typeof fetch
  note(progress: SendProgress): void
  end(): void
}

/** Makes the patience with a server. `onWaiting` is called for each new kind of trouble, before another attempt. */
export function createPatience({
  patienceMs,
  onWaiting,
}: {
  readonly patienceMs: number
  onWaiting(error: SendError): void
}): Patience {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let lastTrouble: string | undefined
  let waitingCount = 0
  let isEnded = false

  /** Time at work here, such as reading a long journal, is no silence of the server. */
  function restart(): void {
    clearTimeout(timer)
    timer = undefined
    if (waitingCount > 0) start()
  }

  function start(): void {
    if (!isEnded) timer ??= setTimeout(() => controller.abort(), patienceMs)
  }

  return {
    signal: controller.signal,
    get trouble() {
      return controller.signal.aborted ? (lastTrouble ?? 'The server does not answer.') : undefined
    },
    async fetch(input, init) {
      waitingCount += 1
      start()
      try {
        return await fetch(input, init)
      } finally {
        waitingCount -= 1
        // In trouble, an answer is no sign that it is over: the sender says when something has come through.
        if (lastTrouble === undefined) restart()
      }
    },
    note(progress) {
      if (progress.kind === 'waiting') {
        start()
        if (lastTrouble !== progress.error.message) onWaiting(progress.error)
        lastTrouble = progress.error.message
      } else {
        lastTrouble = undefined
        restart()
      }
    },
    end() {
      isEnded = true
      clearTimeout(timer)
    },
  }
}
