import { formatClock } from '../view/text/format.ts'

/** How fresh the page is. */
export type LiveStatus =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'paused'; readonly sinceMs: number }
  | { readonly kind: 'reconnecting'; readonly sinceMs: number; readonly retryAtMs: number }

/** A lost stream counts as offline after this long: by then a restarted server would be back. */
const offlineAfterMs = 15_000

/** The status in words, for the dot in the top bar. */
export function liveStatusText(status: LiveStatus, nowMs: number): string {
  switch (status.kind) {
    case 'connecting':
      return 'Connecting'
    case 'live':
      return 'Live'
    case 'paused':
      return `Paused at ${formatClock(status.sinceMs)}`
    case 'reconnecting':
      if (nowMs - status.sinceMs >= offlineAfterMs) return `Offline: showing data from ${formatClock(status.sinceMs)}`
      return status.retryAtMs <= nowMs ? 'Reconnecting' : `Reconnecting in ${secondsUntil(status.retryAtMs, nowMs)} s`
  }
}

/** Whole seconds to wait, at least 1. */
export function secondsUntil(timeMs: number, nowMs: number): number {
  return Math.max(1, Math.ceil((timeMs - nowMs) / 1000))
}

/** Wait before attempt n (from 0 on): 1, 2, 4, then 8 seconds. */
export function retryDelayMs(attempt: number): number {
  return Math.min(8000, 1000 * 2 ** attempt)
}
