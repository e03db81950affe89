import type { AlertRecord } from '@lossline/protocol'
import { SendError } from './send-error.ts'

/** Sends the alerts of a run beside its lines, which do not wait for them. */
export interface AlertQueue {
  readonly isIdle: boolean
  /** Begins to send what waits, unless that is under way. To be called when the server has just taken something. */
  deliver(): void
  /** Resolves when nothing is on its way any more. What nobody answered may still wait then. */
  settled(): Promise<void>
}

/**
 * Makes the queue of an array that is filled elsewhere.
 *
 * @param send - One alert, tried once or twice. One that is refused is left out; one that got no answer is sent with the next
 * `deliver`.
 */
export function createAlertQueue(waiting: AlertRecord[], send: (alert: AlertRecord) => Promise<void>): AlertQueue {
  let running: Promise<void> | undefined

  async function deliverAll(): Promise<void> {
    for (let alert = waiting[0]; alert !== undefined; alert = waiting[0]) {
      try {
        await send(alert)
      } catch (error) {
        const isUnanswered = error instanceof SendError && error.code !== 'server-refused'
        if (isUnanswered) return
      }
      waiting.shift()
    }
  }

  return {
    get isIdle() {
      return running === undefined && waiting.length === 0
    },
    deliver() {
      if (waiting.length === 0) return
      running ??= deliverAll().finally(() => {
        running = undefined
      })
    },
    async settled() {
      await running
    },
  }
}
