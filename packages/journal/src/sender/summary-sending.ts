import type { RunState } from '@lossline/protocol'
import { lineBytesMax } from '../line-limit.ts'
import type { SenderClock } from './clock.ts'
import type { StreamBatch } from './stream-batch.ts'
import { fitSummary } from './summary-fit.ts'

// Every row changes the summary. Who looks many times a second need not tell the whole of it as often.
const intervalMs = 1_000

/** The summary of a run on its way into requests: the whole of it, whenever it has changed. */
export interface SummarySending {
  /** Whether it has changed, and waits for its time. */
  readonly isWaiting: boolean
  /**
   * Puts it into the batch if it has changed.
   *
   * @param mayWait - Whether another call comes soon, so that it can wait for a second after the last time.
   */
  queue(mayWait: boolean): void
}

export interface CreateSummarySendingOptions {
  readonly state: RunState
  readonly batch: StreamBatch
  readonly clock: SenderClock
  /** Told once of each value without which the summary is sent, since no server takes it whole. */
  onLeftOut(path: readonly string[]): void
}

export function createSummarySending({ state, batch, clock, onLeftOut }: CreateSummarySendingOptions): SummarySending {
  const toldPaths = new Set<string>()
  let sentVersion = 0
  let sentMs = Number.NEGATIVE_INFINITY
  let isWaiting = false

  function tell(path: readonly string[]): void {
    const key = JSON.stringify(path)
    if (toldPaths.has(key)) return
    toldPaths.add(key)
    onLeftOut(path)
  }

  return {
    get isWaiting() {
      return isWaiting
    },
    queue(mayWait) {
      const isNew = state.summaryVersion !== sentVersion
      isWaiting = isNew && mayWait && clock.now() - sentMs < intervalMs
      if (!isNew || isWaiting) return
      sentMs = clock.now()
      sentVersion = state.summaryVersion
      const json = state.summaryJson()
      if (Buffer.byteLength(json) <= lineBytesMax) {
        batch.setSummary(json)
        return
      }
      const fitted = fitSummary(state.summary(), lineBytesMax)
      batch.setSummary(fitted.json)
      fitted.leftOut.forEach(tell)
    },
  }
}
