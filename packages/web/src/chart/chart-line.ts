import type { Series, SeriesFrame } from '@lossline/protocol'
import type { RunStyle } from '../view/palette.ts'

/** Buckets share the x grid of the frame that brought them. */
export type Grid = SeriesFrame['grid']

/** One line of a chart: a metric of a run, or of a group of runs. */
export interface ChartLine {
  /** The run's id, or `group:` and the group's name: what is emphasised together in all charts. */
  readonly runId: string
  /** What people call the run, or the group's values. */
  readonly label: string
  readonly style: RunStyle
  readonly series: Series
  readonly grid: Grid
}

/** Number of drawn elements: points of a raw series, non-empty buckets of a reduced one. */
export function elementCount(series: Series): number {
  return series.kind === 'raw' ? series.x.length : series.index.length
}

/** x of all elements, ascending: of the points, or of the last point in each bucket. */
export function elementXs(series: Series): Float64Array {
  return series.kind === 'buckets' ? series.lastX : series.x
}

/** Values of all elements: of the points, of the last point in each bucket, or a group's centre. */
export function elementYs(series: Series): Float64Array {
  switch (series.kind) {
    case 'raw':
      return series.y
    case 'buckets':
      return series.last
    case 'group':
      return series.centre
  }
}

/** Smoothed values of all elements; undefined where they are not smoothed, or, in a group, smoothed before. */
export function smoothedYs(series: Series): Float64Array | undefined {
  return series.kind === 'group' || series.smoothed.length === 0 ? undefined : series.smoothed
}

/** x of element i. */
export function elementX(series: Series, i: number): number {
  return elementXs(series)[i] as number
}

/** Value of element i; the exact stored one of a run. */
export function elementY(series: Series, i: number): number {
  return elementYs(series)[i] as number
}

/** Smallest and largest value that element i stands for; of a group, the ends of its band. */
export function elementMin(series: Series, i: number): number {
  if (series.kind === 'raw') return series.y[i] as number
  return series.kind === 'buckets' ? (series.min[i] as number) : endOr(series.low[i], series.centre[i])
}
/** See {@link elementMin}. */
export function elementMax(series: Series, i: number): number {
  if (series.kind === 'raw') return series.y[i] as number
  return series.kind === 'buckets' ? (series.max[i] as number) : endOr(series.high[i], series.centre[i])
}

/** How many points, or of a group runs, element i stands for. */
export function elementSize(series: Series, i: number): number {
  if (series.kind === 'raw') return 1
  return (series.kind === 'buckets' ? series.count[i] : series.runCount[i]) as number
}

function endOr(end: number | undefined, centre: number | undefined): number {
  return (end !== undefined && Number.isFinite(end) ? end : centre) as number
}

/** Lower edge of bucket `index` of a grid; `index` = count is its upper end. */
export function gridEdge({ from, to, count, scale }: Grid, index: number): number {
  const share = index / count
  return scale === 'log' ? from * (to / from) ** share : from + (to - from) * share
}

/** Index of the first element with x ≥ `x`; the element count when there is none. Buckets are ordered by their last x. */
export function lowerBound(series: Series, x: number): number {
  const xs = elementXs(series)
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
  if (series.kind !== 'raw') {
    if (gridEdge(grid, series.index[after] as number) <= x) return after
    if (gridEdge(grid, (series.index[before] as number) + 1) > x) return before
  }
  return Math.abs(elementX(series, before) - x) <= Math.abs(elementX(series, after) - x) ? before : after
}
