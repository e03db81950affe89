/** The least and largest sample of each column of a sound, −1…1; fewer columns where there are fewer samples. */
export function waveformColumns(
  samples: Float32Array,
  columnCount: number,
): readonly (readonly [low: number, high: number])[] {
  const count = Math.min(columnCount, samples.length)
  return Array.from({ length: count }, (_, column) => {
    const from = Math.floor((column * samples.length) / count)
    const to = Math.max(from + 1, Math.floor(((column + 1) * samples.length) / count))
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let at = from; at < to; at += 1) {
      low = Math.min(low, samples[at]!)
      high = Math.max(high, samples[at]!)
    }
    return [low, high] as const
  })
}
