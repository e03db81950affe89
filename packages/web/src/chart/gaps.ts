import type { Series } from '@lossline/protocol'
import { elementCount, elementSize, elementX, type Grid, gridEdge } from './chart-line.ts'

/** Points farther apart than so many times their usual distance have a gap between them. */
const gapFactor = 20

/** Usual distances by series, which do not change and are many. */
const known = new WeakMap<Series, number>()

/**
 * Whether a line is silent for long before its element i: for more than 20 times the median distance between its points. Of
 * buckets those with nothing between them are never apart, and their points count as spread evenly.
 */
export function isAfterGap(series: Series, grid: Grid, i: number): boolean {
  if (i === 0) return false
  const limit = gapFactor * medianSpacing(series, grid)
  if (series.kind === 'raw') return elementX(series, i) - elementX(series, i - 1) > limit
  const index = series.index[i] as number
  if (index - (series.index[i - 1] as number) <= 1) return false
  return gridEdge(grid, index) - elementX(series, i - 1) > limit
}

function medianSpacing(series: Series, grid: Grid): number {
  const before = known.get(series)
  if (before !== undefined) return before
  const spacings = new Float64Array(Math.max(0, elementCount(series) - 1))
  for (let i = 0; i < spacings.length; i++) spacings[i] = spacingAt(series, grid, i + 1)
  spacings.sort()
  const median = spacings[spacings.length >> 1] ?? Number.POSITIVE_INFINITY
  known.set(series, median)
  return median
}

function spacingAt(series: Series, grid: Grid, i: number): number {
  if (series.kind === 'buckets' && elementSize(series, i) > 1) {
    const index = series.index[i] as number
    return (gridEdge(grid, index + 1) - gridEdge(grid, index)) / elementSize(series, i)
  }
  return elementX(series, i) - elementX(series, i - 1)
}
