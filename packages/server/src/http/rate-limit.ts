import type { Clock } from '../clock.ts'

/** A share of the server for each asker. */
export interface RateLimit {
  /** Seconds to wait; undefined: go on. */
  take(asker: string): number | undefined
}

/** What was left over in quiet times lasts for so many seconds at full rate. */
const burstSeconds = 5
/** Askers whose bucket is full again are forgotten at this number. */
const askerCountMax = 10_000

/**
 * A token bucket for each asker.
 *
 * @param perSecond - Requests that each may send, on average.
 * @param capacity - Requests after a quiet time, at least 1. Default: those of five seconds.
 */
export function createRateLimit(
  clock: Clock,
  perSecond: number,
  capacity: number = perSecond * burstSeconds,
): RateLimit {
  const buckets = new Map<string, { tokens: number; atMs: number }>()

  const refill = (bucket: { tokens: number; atMs: number }, nowMs: number): void => {
    bucket.tokens = Math.min(capacity, bucket.tokens + ((nowMs - bucket.atMs) / 1000) * perSecond)
    bucket.atMs = nowMs
  }

  return {
    take: (asker) => {
      const nowMs = clock.now()
      const bucket = buckets.get(asker) ?? { tokens: capacity, atMs: nowMs }
      refill(bucket, nowMs)
      if (!buckets.has(asker) && buckets.size >= askerCountMax) {
        for (const [name, other] of buckets) {
          refill(other, nowMs)
          if (other.tokens >= capacity) buckets.delete(name)
        }
      }
      buckets.set(asker, bucket)
      if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perSecond)
      bucket.tokens -= 1
      return undefined
    },
  }
}
