/** A change of scale that makes values look more as if they came from a Gaussian process; order stays. */
export interface ValueScale {
  to(value: number): number
  from(scaled: number): number
  /** Sum of ln |d to / d value| over the values that it was made for, by which scales are compared. */
  readonly logSlopes: number
}

/** Where the logarithm begins to bend, as a share of the usual distance from the smallest value; Infinity: no logarithm. */
const bends = [Number.POSITIVE_INFINITY, 1, 0.1] as const

/**
 * Scales to choose from, all with mean 0 and variance 1: the values as they are, and logarithms of their distance from the smallest
 * one. A logarithm keeps a few huge values from making all others alike; it is straight near the smallest value, which would
 * otherwise become a spike that no smooth model follows.
 */
export function valueScales(values: readonly number[]): readonly ValueScale[] {
  const sorted = values.toSorted((one, other) => one - other)
  const smallest = sorted[0] ?? 0
  const largest = sorted.at(-1) ?? 0
  const usual = (sorted[sorted.length >> 1] ?? 0) - smallest || largest - smallest || 1
  return bends.map((bend) => {
    const offset = bend * usual
    const bent = (value: number): number =>
      offset === Number.POSITIVE_INFINITY
        ? value - smallest
        : Math.log1p(Math.max(value - smallest, -0.9 * offset) / offset)
    const straight = (scaled: number): number =>
      smallest + (offset === Number.POSITIVE_INFINITY ? scaled : Math.expm1(scaled) * offset)
    const { mean, deviation } = momentsOf(sorted.map(bent))
    const slopeOf = (value: number): number =>
      offset === Number.POSITIVE_INFINITY ? 1 / deviation : 1 / ((value - smallest + offset) * deviation)
    return {
      to: (value) => (bent(value) - mean) / deviation,
      from: (scaled) => straight(scaled * deviation + mean),
      logSlopes: values.reduce((sum, value) => sum + Math.log(slopeOf(value)), 0),
    }
  })
}

function momentsOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, deviation: Math.sqrt(variance) || 1 }
}
