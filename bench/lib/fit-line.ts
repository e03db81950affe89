/** A straight line through points, and how sure its slope is. */
export interface FittedLine {
  readonly slope: number
  /** Standard error of the slope, in its unit. */
  readonly slopeError: number
}

/** Least squares. Of fewer than three points both are NaN. */
export function fitLine(points: readonly (readonly [x: number, y: number])[]): FittedLine {
  const count = points.length
  if (count < 3) return { slope: Number.NaN, slopeError: Number.NaN }
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / count
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / count
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread
  const misses = points.reduce((sum, [x, y]) => sum + (y - meanY - slope * (x - meanX)) ** 2, 0)
  return { slope, slopeError: Math.sqrt(misses / (count - 2) / spread) }
}
