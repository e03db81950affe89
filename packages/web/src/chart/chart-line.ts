import type { RawSeries, Series, SeriesFrame } from '@lossline/protocol'
import type { RunStyle } from '../view/chart/palette.ts'

/** Buckets share the x grid of the frame that brought them. */
export type Grid = SeriesFrame['grid']

/** One line of a chart: a metric of a run, or of a group of runs. */
export interface ChartLine {
  /** The run's id, or `group:` and the group's name: what is emphasised together in all charts. */
  readonly runId: string
  /** What people call the run, or the group's values. */
  readonly label: string
  readonly style: RunStyle
  /** Of its values. Default: none. */
  readonly unit?: string
  readonly series: Series
  readonly grid: Grid
  /** Up to this x its points are those of the run that it was forked from. */
  readonly inheritedTo?: number
  /** Somebody marked its run: it keeps its full strength among hundreds. */
  readonly isPinned?: boolean
  /** It is drawn smoothed, without what that was made of. */
  readonly isOnlySmoothed?: boolean
  /** Its place in a stack of areas; its series is the upper edge then. */
  readonly stack?: Stack
}

/** A line's place in a stack, element by element. */
export interface Stack {
  /** Where its area begins. */
  readonly base: Float64Array
  /** What it has itself; NaN where it has nothing. */
  readonly own: Float64Array
  /** The edges are shares of the sum, 0…100. */
  readonly isPercent: boolean
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

/**
 * Smallest and largest value that element i stands for; of a group, the ends of its band. NaN for a point that is not finite: it has
 * no place between the others, and is marked at an edge.
 */
export function elementMin(series: Series, i: number): number {
  if (series.kind === 'raw') return finiteOrNaN(series.y[i] as number)
  return series.kind === 'buckets' ? (series.min[i] as number) : endOr(series.low[i], series.centre[i])
}
/** See {@link elementMin}. */
export function elementMax(series: Series, i: number): number {
  if (series.kind === 'raw') return finiteOrNaN(series.y[i] as number)
  return series.kind === 'buckets' ? (series.max[i] as number) : endOr(series.high[i], series.centre[i])
}

/** Smallest and largest value that is drawn of element i: what it stands for, or its smoothed value alone. */
export function drawnMin({ series, isOnlySmoothed }: ChartLine, i: number): number {
  return (isOnlySmoothed ? smoothedYs(series)?.[i] : undefined) ?? elementMin(series, i)
}
/** See {@link drawnMin}. */
export function drawnMax({ series, isOnlySmoothed }: ChartLine, i: number): number {
  return (isOnlySmoothed ? smoothedYs(series)?.[i] : undefined) ?? elementMax(series, i)
}

/** Whether a line goes from point to point as they were logged, not by x. */
export function isLogged(series: Series): series is RawSeries & { readonly order: Uint32Array } {
  return series.kind === 'raw' && series.order !== undefined
}

/** How many points, or of a group runs, element i stands for. */
export function elementSize(series: Series, i: number): number {
  if (series.kind === 'raw') return 1
  return (series.kind === 'buckets' ? series.count[i] : series.runCount[i]) as number
}

function finiteOrNaN(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN
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

/** Index of the first element that lies after `x`; the element count when there is none. */
export function upperBound(series: Series, x: number): number {
  const count = elementCount(series)
  let i = lowerBound(series, x)
  while (i < count && elementX(series, i) === x) i++
  return i
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
