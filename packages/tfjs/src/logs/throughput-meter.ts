import type { TrainingParams } from '../tensorflow-like.ts'

/** Measures how many examples a training gets through. */
export interface ThroughputMeter {
  trainBegin(params: TrainingParams): void
  epochBegin(): void
  /** @param size - Examples of the batch, if tfjs tells it. */
  batchBegin(size: number | undefined): void
  /** Examples a second; `undefined` when their number or the time is not known. */
  epochEnd(): number | undefined
}

/**
 * The time of an epoch with several batches is that from the beginning of the first to the beginning of the last, and the
 * examples those of all but the last: `fit` validates within its last batch.
 *
 * @param now - Milliseconds on any clock. Default: `performance.now`.
 */
export function createThroughputMeter(now: () => number = () => performance.now()): ThroughputMeter {
  let batchSize: number | undefined
  let sampleCount: number | undefined
  let epochBeganAtMs = 0
  let firstBatchAtMs = 0
  let lastBatchAtMs = 0
  let batchCount = 0
  // Of all batches, and of all but the one that has begun last.
  let begunSamples = 0
  let doneSamples = 0

  return {
    trainBegin(params) {
      batchSize = params.batchSize ?? undefined
      sampleCount = params.samples ?? undefined
    },
    epochBegin() {
      batchCount = 0
      begunSamples = 0
      doneSamples = 0
      epochBeganAtMs = now()
    },
    batchBegin(size) {
      lastBatchAtMs = now()
      if (batchCount === 0) firstBatchAtMs = lastBatchAtMs
      batchCount += 1
      doneSamples = begunSamples
      begunSamples += size ?? batchSize ?? Number.NaN
    },
    epochEnd() {
      const isOneBatch = batchCount < 2
      const samples = isOneBatch ? Math.min(begunSamples, sampleCount ?? Number.POSITIVE_INFINITY) : doneSamples
      const durationMs = isOneBatch ? now() - epochBeganAtMs : lastBatchAtMs - firstBatchAtMs
      const perSecond = (samples / durationMs) * 1000
      return Number.isFinite(perSecond) && perSecond > 0 ? perSecond : undefined
    },
  }
}
