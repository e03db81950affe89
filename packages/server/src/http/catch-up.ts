import { StoreError } from '@lossline/store'
import type { Clock } from '../clock.ts'

/** A request with this header is answered after everything that the run folders hold is in the store. */
export const catchUpHeader = 'x-lossline-catch-up'

/** Clients ask again after the 503 that follows; the work goes on meanwhile. */
const waitMsMax = 60_000

export interface CreateCatchUpOptions {
  /** Brings in what is there when it is called. Never rejects. */
  readonly catchUp: () => Promise<void>
  readonly clock: Clock
}

/**
 * Makes one catching-up of many: askers that come while one runs share the next, which begins after it.
 *
 * @returns What an asker waits for. It rejects with `unavailable` after a minute, and when the asker has gone away.
 */
export function createCatchUp({ catchUp, clock }: CreateCatchUpOptions): (signal: AbortSignal) => Promise<void> {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined

  const start = (): Promise<void> => {
    next = undefined
    const started = catchUp().finally(() => {
      if (running === started) running = undefined
    })
    running = started
    return started
  }
  const join = (): Promise<void> => {
    if (next !== undefined) return next
    if (running === undefined) return start()
    next = running.then(start)
    return next
  }

  return async (signal) => {
    const { promise: over, reject } = Promise.withResolvers<never>()
    const giveUp = (): void => reject(tooLong())
    const timer = clock.setTimeout(giveUp, waitMsMax)
    signal.addEventListener('abort', giveUp, { once: true })
    if (signal.aborted) giveUp()
    try {
      await Promise.race([join(), over])
    } finally {
      clock.clearTimeout(timer)
      signal.removeEventListener('abort', giveUp)
    }
  }
}

function tooLong(): StoreError {
  return new StoreError({
    code: 'unavailable',
    message: 'The run folders are still being read.',
    hint: 'Ask again: reading goes on meanwhile.',
  })
}
