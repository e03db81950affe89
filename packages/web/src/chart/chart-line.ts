import type { Series, SeriesFrame } from '@lossline/protocol'
import type { RunStyle } from '../view/palette.ts'

/** Buckets share the x grid of the frame that brought them. */
export type Grid = SeriesFrame['grid']

/** One run's line in a chart. */
export interface ChartLine {
  readonly runId: string
  /** What people call the run. */
  readonly label: string
  readonly style: RunStyle
  readonly series: Series
  readonly grid: Grid
}

/** Number of drawn elements: points of a raw series, non-empty buckets of a reduced one. */
export function elementCount(series: Series): number {
  return series.kind === 'raw' ? series.x.length : series.index.length
}

/** x of element i: of the point, or of the last point in the bucket. */
export function elementX(series: Series, i: number): number {
  return (series.kind === 'raw' ? series.x[i] : series.lastX[i]) as number
}

/** Exact stored value of element i: of the point, or of the last point in the bucket. */
export function elementY(series: Series, i: number): number {
  return (series.kind === 'raw' ? series.y[i] : series.last[i]) as number
}

/** Smallest and largest value that element i stands for. */
export function elementMin(series: Series, i: number): number {
  return (series.kind === 'raw' ? series.y[i] : series.min[i]) as number
}
/** See {@link elementMin}. */
export function elementMax(series: Series, i: number): number {
  return (series.kind === 'raw' ? series.y[i] : series.max[i]) as number
}

/** Lower edge of bucket `index` of a grid; `index` = count is its upper end. */
export function gridEdge({ from, to, count, scale }: Grid, index: number): number {
  const share = index / count
  return scale === 'log' ? from * (to / from) ** share : from + (to - from) * share
}

/** Index of the first element with x ≥ `x`; the element count when there is none. Buckets are ordered by their last x. */
export function lowerBound(series: Series, x: number): number {
  const xs = series.kind === 'raw' ? series.x : series.lastX
  let low = 0
  let high = xs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((xs[middle] as number) < x) low = middle + 1
    else high = middle
  }
  return low
}

/** Index of the bucket that `x` lies in, else of the element whose x is nearest; undefined for an empty series. */
export function nearestElement({ series, grid }: ChartLine, x: number): number | undefined {
  const count = elementCount(series)
  if (count === 0) return undefined
  const after = Math.min(lowerBound(series, x), count - 1)
  const before = Math.max(after - 1, 0)
  if (series.kind === 'buckets') {
    if (gridEdge(grid, series.index[after] as number) <= x) return after
    if (gridEdge(grid, (series.index[before] as number) + 1) > x) return before
  }
  return Math.abs(elementX(series, before) - x) <= Math.abs(elementX(series, after) - x) ? before : after
}
