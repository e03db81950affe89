import { quantileOf } from '../bootstrap/quantile-of.ts'
import { createSeededRandom } from '../bootstrap/seeded-random.ts'

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
 * sample of as many (Algorithm R, Vitter 1985), interpolated linearly as numpy does by default. Adding allocates nothing, because it
 * is done with each call of a model.
 */
export function createSampleStatistics(): SampleStatistics {
  const random = createSeededRandom(0)
  let sample = new Float64Array(64)
  let [count, sum] = [0, 0]
  const keep = (place: number, value: number): void => {
    if (place === sample.length) {
      const larger = new Float64Array(Math.min(4 * place, sampleSize))
      larger.set(sample)
      sample = larger
    }
    sample[place] = value
  }
  return {
    add(value) {
      sum += value
      const place = count < sampleSize ? count : Math.floor(random() * (count + 1))
      if (place < sampleSize) keep(place, value)
      count += 1
    },
    summarise() {
      if (count === 0) return {}
      const sorted = sample.slice(0, count).sort()
      const at = (share: number) => quantileOf(sorted, share)
      return { mean: sum / count, p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) }
    },
  }
}
