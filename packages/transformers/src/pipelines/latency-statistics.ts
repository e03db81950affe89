import { createReservoir } from '@lossline/evaluation'

// Enough for a 99th percentile with a hundred values above it; beyond that a fair sample.
const sampleSize = 10_000

/** Mean and percentiles of a number that comes once a call. */
export interface Statistics {
  add(value: number): void
  /** `mean`, `p50`, `p90`, `p95` and `p99`; none before the first value. */
  summarise(): Readonly<Record<string, number>>
}

/** Makes statistics of constant size. Percentiles are interpolated linearly, as numpy's default is. */
export function createStatistics(): Statistics {
  const sample = createReservoir<number>({ size: sampleSize })
  let sum = 0
  return {
    add(value) {
      sum += value
      sample.offer(value)
    },
    summarise() {
      const count = sample.offeredCount
      if (count === 0) return {}
      const sorted = Float64Array.from(sample.items()).sort()
      const at = (share: number) => interpolate(sorted, share)
      return { mean: sum / count, p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) }
    },
  }
}

function interpolate(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}
