import type { SeriesRequest } from '@lossline/protocol'
import type { AxisGrid } from './bucket-points.ts'

/** From the first to the last x; NaN where there is none. */
export type Extent = readonly [from: number, to: number]

export const noExtent: Extent = [Number.NaN, Number.NaN]

/** The extent of points in order of x. */
export function extentOf(x: Float64Array): Extent {
  return x.length === 0 ? noExtent : [x[0]!, x.at(-1)!]
}

function union(extents: readonly Extent[]): Extent {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const extent of extents) {
    if (Number.isNaN(extent[0])) continue
    from = Math.min(from, extent[0])
    to = Math.max(to, extent[1])
  }
  return from <= to ? [from, to] : [0, 0]
}

/** The store keeps figures of so many points in a row. */
const rollupPointCount = 64

/**
 * The range asked for, else all there is; on a log axis from the smallest positive x at the lowest. Wide buckets of steps are
 * made a little wider, and begin and end a little outside.
 */
export function toGrid(
  request: Pick<SeriesRequest, 'range' | 'scale' | 'buckets' | 'x'>,
  extents: readonly Extent[],
): AxisGrid {
  const scale = request.scale ?? 'linear'
  const all = union(extents)
  const [from, to] = request.range ?? all
  const lowest = scale === 'log' && from <= 0 ? (all[0] > 0 ? all[0] : 1) : from
  const isWide = (to - lowest) / request.buckets >= rollupPointCount
  if (request.x.kind === 'step' && scale === 'linear' && isWide) return alongRollups(lowest, to, request.buckets)
  return { from: lowest, to: Math.max(lowest, to), count: request.buckets, scale }
}

/**
 * Buckets whose borders lie between the store's figures, where a run has a point at each step: a border among the points of one
 * costs the reading of a whole chunk. At most `bucketsMax`, one more where the range begins between borders.
 */
function alongRollups(from: number, to: number, bucketsMax: number): AxisGrid {
  const width = Math.ceil((to - from) / bucketsMax / rollupPointCount) * rollupPointCount
  const start = Math.floor(from / rollupPointCount) * rollupPointCount
  const count = Math.floor((to - start) / width) + 1
  return { from: start, to: start + width * count, count, scale: 'linear' }
}
