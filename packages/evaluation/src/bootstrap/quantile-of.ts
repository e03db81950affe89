/** Value below which a share of sorted values lies: linear between the two nearest, as NumPy's default. NaN of none. */
export function quantileOf(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return Number.NaN
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!]
  return low === high ? low : low + (high - low) * (place - below)
}
