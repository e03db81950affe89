/** One numeric metric of a run, steps ascending. */
export interface GeneratedColumn {
  readonly steps: Float64Array
  readonly values: Float64Array
}

/** Numbers in [0, 1), the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** A loss that falls from about 2 with noise; the same for the same seed. */
export function lossCurve(count: number, seed: number): GeneratedColumn {
  const random = createRandom(seed)
  const rate = 2 + random() * 4
  const floor = 0.1 + random() * 0.3
  const noise = 0.02 + random() * 0.05
  const steps = Float64Array.from({ length: count }, (_, i) => i)
  const values = steps.map((step) => floor + 2 * Math.exp((-rate * step) / count) + noise * (random() + random() - 1))
  return { steps, values }
}

/** An accuracy that rises towards about 1 with noise. */
export function accuracyCurve(count: number, seed: number): GeneratedColumn {
  const { steps, values } = lossCurve(count, seed + 7)
  return { steps, values: values.map((value) => Math.max(0, 1 - value / 2.5)) }
}

/** The same column with one value replaced by a spike. */
export function withSpike({ steps, values }: GeneratedColumn, at: number, value: number): GeneratedColumn {
  const spiked = values.slice()
  spiked[at] = value
  return { steps, values: spiked }
}
