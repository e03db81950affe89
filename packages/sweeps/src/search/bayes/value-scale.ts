/** A change of scale that makes values look more as if they came from a Gaussian process; order stays. */
export interface ValueScale {
  to(value: number): number
  from(scaled: number): number
  /** Sum of ln |d to / d value| over the values that it was made for, by which scales are compared. */
  readonly logSlopes: number
}

/** How a scale is bent by a logarithm. */
export interface Bend {
  /** From which end distances are counted whose logarithm is taken; undefined: the scale is straight. */
  readonly from: 'smallest' | 'largest' | undefined
  /** Where the logarithm begins to bend, as a share of the usual distance from that end. */
  readonly share: number
}

/**
 * A scale with mean 0 and variance 1. A logarithm of the distance from the smallest value keeps a few huge values from making all
 * others alike; that from the largest one does so where nearly all values are about as bad. Near that end both are straight: it
 * would become a spike otherwise, which no smooth model follows.
 */
export function createValueScale(values: readonly number[], { from, share }: Bend): ValueScale {
  const sorted = values.toSorted((one, other) => one - other)
  const sign = from === 'largest' ? -1 : 1
  const end = (from === 'largest' ? sorted.at(-1) : sorted[0]) ?? 0
  const distances = sorted.map((value) => sign * (value - end))
  const usual = distances[distances.length >> 1] || Math.max(0, ...distances) || 1
  const offset = share * usual
  const bent = (value: number): number => {
    const distance = sign * (value - end)
    return from === undefined ? distance : sign * Math.log1p(Math.max(distance, -0.9 * offset) / offset)
  }
  const straight = (scaled: number): number =>
    end + (from === undefined ? scaled : sign * Math.expm1(sign * scaled) * offset)
  const { mean, deviation } = momentsOf(sorted.map(bent))
  const slopeOf = (value: number): number =>
    from === undefined ? 1 / deviation : 1 / ((sign * (value - end) + offset) * deviation)
  return {
    to: (value) => (bent(value) - mean) / deviation,
    from: (scaled) => straight(scaled * deviation + mean),
    logSlopes: values.reduce((sum, value) => sum + Math.log(slopeOf(value)), 0),
  }
}

function momentsOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, deviation: Math.sqrt(variance) || 1 }
}
