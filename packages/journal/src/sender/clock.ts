import { SendError } from './send-error.ts'

/** Time as the sender sees it; tests bring their own. */
export interface SenderClock {
  /** Milliseconds since 1970. */
  now(): number
  setTimeout(callback: () => void, delayMs: number): unknown
  clearTimeout(timer: unknown): void
}

/** The machine's clock. Its timers keep the process alive. */
export const systemClock: SenderClock = {
  now: () => Date.now(),
  // Unlike a timer that is unref'ed, a pending one keeps the process until the run is sent, which is what a sender is for.
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
}

/**
 * Waits.
 *
 * @throws {@link SendError} `send-aborted`
 */
export function sleep(clock: SenderClock, durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(aborted())
      return
    }
    const timer = clock.setTimeout(() => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }, durationMs)
    const onAbort = () => {
      clock.clearTimeout(timer)
      reject(aborted())
    }
    signal.addEventListener('abort', onAbort, { once: true })
  })
}

/**
 * Waits for some work, or as long as this.
 *
 * @throws {@link SendError} `send-aborted`, and what the work throws.
 */
export async function waitAtMost(
  work: Promise<unknown>,
  { clock, durationMs, signal }: { clock: SenderClock; durationMs: number; signal: AbortSignal },
): Promise<void> {
  const over = new AbortController()
  try {
    await Promise.race([work, sleep(clock, durationMs, AbortSignal.any([signal, over.signal]))])
  } finally {
    // A timer that is left would keep the process.
    over.abort()
  }
}

export function aborted(): SendError {
  return new SendError({ code: 'send-aborted', message: 'Sending was stopped.' })
}
