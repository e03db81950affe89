import { quantileOf } from '../bootstrap/quantile-of.ts'
import { createReservoir } from './reservoir.ts'

// Enough for a 99th percentile with a hundred values above it.
const sampleSize = 10_000

/** Mean and percentiles of values that come one by one. */
export interface SampleStatistics {
  add(value: number): void
  /** `mean`, `p50`, `p90`, `p95` and `p99`; none before the first value. */
  summarise(): Readonly<Record<string, number>>
}

/**
 * Makes statistics of constant size: the mean is exact, percentiles are those of up to 10,000 values, and beyond that of a fair
 * sample of as many, interpolated linearly as numpy does by default.
 */
export function createSampleStatistics(): SampleStatistics {
  const sample = createReservoir<number>({ size: sampleSize })
  let sum = 0
  return {
    add(value) {
      sum += value
      sample.offer(value)
    },
    summarise() {
      if (sample.offeredCount === 0) return {}
      const sorted = Float64Array.from(sample.items()).sort()
      const at = (share: number) => quantileOf(sorted, share)
      return { mean: sum / sample.offeredCount, p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) }
    },
  }
}
