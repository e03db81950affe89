import {
  createSmoother,
  loggedSeriesLimits,
  lowerBound,
  type Series,
  type SeriesFrame,
  type SeriesRequest,
  upperBound,
} from '@lossline/protocol'
import type { RunRow } from '@lossline/store'
import type { Breathe } from './breathe.ts'
import { bucketPoints } from './bucket-points.ts'
import { type Extent, extentOf, toGrid } from './grid.ts'
import type { LoadPoints } from './load-points.ts'
import type { Points } from './points.ts'
import { pointsOf } from './points-query.ts'
import { none, nonFinitePoints, ofRun, rawSeries, withNeighbours } from './series-body.ts'

/** Any x, scale and smoothing, over every point of the runs. */
export async function queryWholeSeries(
  loadPoints: LoadPoints,
  request: SeriesRequest,
  runs: readonly (RunRow | undefined)[],
  referenceRange: number,
  breathe: Breathe,
): Promise<SeriesFrame> {
  const load = async (run: RunRow | undefined): Promise<Points> => {
    await breathe()
    return run === undefined ? { x: none, y: none, hiddenCount: 0 } : loadPoints({ ...pointsOf(request), run })
  }
  // Two rounds, because a thousand long runs do not fit in memory together: the first asks only how far each one goes.
  const extents: Extent[] = []
  for (const run of runs) {
    const points = await load(run)
    extents.push(extentOf(points.x))
  }
  const grid = toGrid(request, extents)
  const smoothing = request.smoothing ?? { kind: 'none' }
  const asLogged = (points: Points, order: Uint32Array) => {
    const smoother = createSmoother({ ...points, order }, smoothing, referenceRange)
    return { ...rawSeries(points.x, points.y, smoother?.(Uint32Array.from(points.x.keys())) ?? none), order }
  }
  const series: Series[] = []
  let loggedCountLeft: number = loggedSeriesLimits.pointCountOfAll
  for (const [i, run] of runs.entries()) {
    const points = await load(run)
    const { loggedOrder } = points
    const place = { ...ofRun(request, i, run, extents[i]!), ...(loggedOrder && { isReordered: true }) }
    const isLogged = request.order === 'logged' && loggedOrder !== undefined
    if (isLogged && loggedOrder.length <= Math.min(loggedSeriesLimits.pointCount, loggedCountLeft)) {
      loggedCountLeft -= loggedOrder.length
      series.push({ ...place, hiddenPointCount: points.hiddenCount, ...asLogged(points, loggedOrder) })
      continue
    }
    const fromPoint = lowerBound(points.x, grid.from)
    const toPoint = Math.max(fromPoint, upperBound(points.x, grid.to))
    const smoother = createSmoother(points, smoothing, referenceRange)
    const common = { ...place, hiddenPointCount: points.hiddenCount }
    if (toPoint - fromPoint <= 2 * request.buckets) {
      const [from, to] = withNeighbours(fromPoint, toPoint, points.x.length)
      const indexes = Uint32Array.from({ length: to - from }, (_, offset) => from + offset)
      const [xs, ys] = [points.x.slice(from, to), points.y.slice(from, to)]
      series.push({ ...common, ...rawSeries(xs, ys, smoother?.(indexes) ?? none) })
      continue
    }
    const { lastPoint, mean, ...buckets } = bucketPoints(points.x, points.y, grid, fromPoint, toPoint)
    series.push({
      ...common,
      ...buckets,
      kind: 'buckets',
      pointCount: toPoint - fromPoint,
      nonFinite: nonFinitePoints(points.x.subarray(fromPoint, toPoint), points.y.subarray(fromPoint, toPoint)),
      smoothed: smoother?.(lastPoint) ?? none,
      mean: smoother ? mean : new Float32Array(),
    })
  }
  return { grid, series }
}
