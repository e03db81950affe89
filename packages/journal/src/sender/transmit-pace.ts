import type { SenderTarget } from './sender-types.ts'

// W&B's servers limit requests: its client sends a first one at once, then one in 15 s.
const foreignIntervalMs = 15_000
// One on this machine is there to show curves while they grow, as often as the page draws them.
const localIntervalMs = 250
const localIntervalMsMax = 1_000
/** A server that many runs share gets this many times as long a rest as it took to answer. */
const restFactor = 4

/** When a sender that follows a journal sends what it has read. */
export interface TransmitPace {
  /** Whether what waits goes out now. Rows do at once after a rest; what else there may be to tell waits until nothing was sent for long. */
  isDue(nowMs: number, hasRows: boolean): boolean
  /** What waited was looked through from `beganMs` on, and this many requests with it were answered until `endedMs`. */
  noteFlush(beganMs: number, endedMs: number, requestCount: number): void
}

/** The pace for a server. One on this machine is asked more often, unless it is slow to answer. */
export function createTransmitPace(target: Pick<SenderTarget, 'baseUrl' | 'transmitIntervalMs'>): TransmitPace {
  const isNear = isLocal(target.baseUrl)
  const leastMs = target.transmitIntervalMs ?? (isNear ? localIntervalMs : foreignIntervalMs)
  const mostMs = Math.max(leastMs, target.transmitIntervalMs === undefined && isNear ? localIntervalMsMax : 0)
  let rowsDueAtMs = Number.NEGATIVE_INFINITY
  let restDueAtMs = Number.NEGATIVE_INFINITY
  return {
    isDue: (nowMs, hasRows) => nowMs >= (hasRows ? rowsDueAtMs : restDueAtMs),
    noteFlush(beganMs, endedMs, requestCount) {
      restDueAtMs = endedMs + mostMs
      if (requestCount === 0) return
      const restMs = (endedMs - beganMs) * restFactor
      rowsDueAtMs = endedMs + Math.min(mostMs, Math.max(leastMs, restMs))
    },
  }
}

function isLocal(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl)
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '127.0.0.1' || hostname === '[::1]'
}
