/** Counts of the examples at and above each threshold, from the highest one down. */
export interface BinaryCurve {
  readonly truePositives: readonly number[]
  readonly falsePositives: readonly number[]
}

/** Counts for every threshold at which they change, as scikit-learn's curves are made from. */
export function binaryCurve(isPositive: readonly boolean[], scores: readonly number[]): BinaryCurve {
  const order = scores
    .map((_, index) => index)
    .sort((one, other) => (scores[other] as number) - (scores[one] as number))
  const truePositives: number[] = []
  const falsePositives: number[] = []
  let positives = 0
  for (const [position, index] of order.entries()) {
    if (isPositive[index]) positives += 1
    const next = order[position + 1]
    if (next !== undefined && scores[next] === scores[index]) continue
    truePositives.push(positives)
    falsePositives.push(position + 1 - positives)
  }
  return { truePositives, falsePositives }
}

/** Rounds to three decimals, halves to the even neighbour, as NumPy does. */
export function roundTo3(value: number): number {
  const scaled = value * 1000
  const floor = Math.floor(scaled)
  const isHalf = scaled - floor === 0.5
  const whole = isHalf ? floor + (floor % 2 === 0 ? 0 : 1) : Math.round(scaled)
  return whole / 1000
}
