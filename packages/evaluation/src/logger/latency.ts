import { quantileOf } from '../bootstrap/quantile-of.ts'
import { createValueStore } from '../tasks/value-store.ts'

/** Bytes of latencies that are kept: those of a million rows. */
const keptBytesMax = 8 * 2 ** 20

/** Collects how long rows took. */
export interface LatencyCounts {
  add(latencyMs: number): void
  /** `latency_ms_mean`, `latency_ms_p50` and so on, and `rows_per_second`; none without latencies. */
  metrics(): Record<string, number>
  /** Rows that percentiles rest on. */
  readonly keptCount: number
}

export function createLatencyCounts(seed: number): LatencyCounts {
  const kept = createValueStore({ width: 1, bytesMax: keptBytesMax, seed })
  let sum = 0
  return {
    get keptCount() {
      return kept.rowCount
    },
    add(latencyMs) {
      sum += latencyMs
      kept.add([latencyMs])
    },
    metrics() {
      if (kept.offeredCount === 0) return {}
      const sorted = Float64Array.from(kept.values()).sort()
      const percentiles = [50, 90, 95, 99].map((percent) => [
        `latency_ms_p${percent}`,
        quantileOf(sorted, percent / 100),
      ])
      return {
        latency_ms_mean: sum / kept.offeredCount,
        ...Object.fromEntries(percentiles),
        rows_per_second: (1000 * kept.offeredCount) / sum,
      }
    },
  }
}
