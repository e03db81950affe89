import type { BucketSeries, RawSeries, Series, SeriesFrame, SeriesRequest, Smoothing } from '@lossline/protocol'
import { type BucketedColumn, type Column, lowerBound, type RunRow, type Store, upperBound } from '@lossline/store'
import { type AxisGrid, bucketPoints } from './bucket-points.ts'
import { createLoadPoints, type LoadPoints } from './load-points.ts'
import type { Points } from './points.ts'
import { createFindReferenceRange } from './reference-range.ts'
import { createSmoother } from './smooth.ts'

export type QuerySeries = (request: SeriesRequest, signal?: AbortSignal) => Promise<SeriesFrame>

/** Every run of a project. */
export type RunsOf = (entity: string, project: string) => Promise<readonly RunRow[]>

type Extent = readonly [from: number, to: number]
const noExtent: Extent = [Number.NaN, Number.NaN]
const noSmoothing: Smoothing = { kind: 'none' }
const none = new Float64Array()

/**
 * Answers chart queries: one series a run in the order asked, raw where there are at most 2 × buckets points in range,
 * buckets otherwise. A run that does not exist has no points.
 */
export function createQuerySeries(store: Store, runsOf: RunsOf): QuerySeries {
  const loadPoints = createLoadPoints(store)
  const findReferenceRange = createFindReferenceRange(store)
  return async (request, signal) => {
    const breathe = createBreather(signal)
    const runs: (RunRow | undefined)[] = []
    for (const runId of request.runIds) {
      runs.push(await store.run({ entity: request.entity, project: request.project, runId }))
      await breathe()
    }
    const isPlain =
      request.x.kind === 'step' && request.scale !== 'log' && (request.smoothing?.kind ?? 'none') === 'none'
    if (isPlain) return queryPlainSteps(store, request, runs, breathe)
    const isTimeWeighted = request.smoothing?.kind === 'time-weighted-ema'
    const projectRuns = isTimeWeighted ? await runsOf(request.entity, request.project) : []
    const referenceRange = await findReferenceRange(request, projectRuns, breathe)
    return queryWholeSeries(loadPoints, request, runs, referenceRange, breathe)
  }
}

/** What is known of a run before the grid is: all its points, where they are few enough to be sent anyway, or figures. */
type Overview =
  | { readonly kind: 'none' }
  | { readonly kind: 'points'; readonly points: Column; readonly extent: Extent }
  | { readonly kind: 'figures'; readonly pointCount: number; readonly extent: Extent }

/** By step, linear, not smoothed: the store buckets it from its rollups, however long the run is. */
async function queryPlainSteps(
  store: Store,
  request: SeriesRequest,
  runs: readonly (RunRow | undefined)[],
  breathe: () => Promise<void>,
): Promise<SeriesFrame> {
  const stream = request.stream ?? 'history'
  const rawPointCountMax = 2 * request.buckets
  const column = (run: RunRow) => ({ run: run.id, stream, key: request.key })

  const overviewOf = async (run: RunRow | undefined): Promise<Overview> => {
    await breathe()
    const lastStep = stream === 'history' ? (run?.lastStep ?? -1) : (run?.eventsLineCount ?? 0) - 1
    if (run === undefined || lastStep < 0) return { kind: 'none' }
    // There is at most one point a step.
    if (lastStep < rawPointCountMax) {
      const points = await store.column(column(run))
      const { steps } = points
      return { kind: 'points', points, extent: steps.length === 0 ? noExtent : [steps[0]!, steps.at(-1)!] }
    }
    const whole = await store.buckets({ ...column(run), grid: { from: 0, to: lastStep, count: 1 } })
    return { kind: 'figures', pointCount: whole.pointCount, extent: stepExtent(whole) }
  }
  const overviews: Overview[] = []
  for (const run of runs) overviews.push(await overviewOf(run))

  const extents = overviews.map((overview) => (overview.kind === 'none' ? noExtent : overview.extent))
  const grid = toGrid(request, extents)
  const range = { fromStep: Math.ceil(grid.from), toStep: Math.floor(grid.to) }

  const seriesOf = async (run: RunRow, overview: Overview): Promise<SeriesBody> => {
    await breathe()
    if (overview.kind === 'none') return emptyRaw
    if (overview.kind === 'points') {
      const { steps, values } = overview.points
      const [from, to] = [lowerBound(steps, grid.from), upperBound(steps, grid.to)]
      return rawSeries(steps.slice(from, to), values.slice(from, to), none)
    }
    if (overview.pointCount > rawPointCountMax) {
      const buckets = await store.buckets({ ...column(run), ...range, grid })
      if (buckets.pointCount > rawPointCountMax) return bucketSeries(buckets)
    }
    const { steps, values } = await store.column({ ...column(run), ...range })
    return rawSeries(steps, values, none)
  }
  const series: Series[] = []
  for (const [i, run] of runs.entries()) {
    const common = {
      runId: request.runIds[i]!,
      revision: run?.historyRevision ?? 0,
      hiddenPointCount: 0,
      extent: extents[i]!,
    }
    series.push({ ...common, ...(run === undefined ? emptyRaw : await seriesOf(run, overviews[i]!)) })
  }
  return { grid, series }
}

function bucketSeries(buckets: BucketedColumn): SeriesBody {
  return {
    kind: 'buckets',
    pointCount: buckets.pointCount,
    nonFinite: { x: buckets.nonFinite.steps, value: buckets.nonFinite.values },
    index: buckets.index,
    count: buckets.count,
    first: Float32Array.from(buckets.first),
    min: Float32Array.from(buckets.min),
    max: Float32Array.from(buckets.max),
    last: buckets.last,
    lastX: buckets.lastStep,
    smoothed: none,
  }
}

/** Any x, scale and smoothing, over every point of the runs. */
async function queryWholeSeries(
  loadPoints: LoadPoints,
  request: SeriesRequest,
  runs: readonly (RunRow | undefined)[],
  referenceRange: number,
  breathe: () => Promise<void>,
): Promise<SeriesFrame> {
  const { key, x } = request
  const stream = request.stream ?? 'history'
  const scale = request.scale ?? 'linear'
  const load = async (run: RunRow | undefined): Promise<Points> => {
    await breathe()
    return run === undefined ? { x: none, y: none, hiddenCount: 0 } : loadPoints({ run, stream, key, x, scale })
  }
  // Two rounds, because a thousand long runs do not fit in memory together: the first asks only how far each one goes.
  const extents: Extent[] = []
  for (const run of runs) {
    const points = await load(run)
    extents.push(points.x.length === 0 ? noExtent : [points.x[0]!, points.x.at(-1)!])
  }
  const grid = toGrid(request, extents)
  const series: Series[] = []
  for (const [i, run] of runs.entries()) {
    const points = await load(run)
    const fromPoint = lowerBound(points.x, grid.from)
    const toPoint = Math.max(fromPoint, upperBound(points.x, grid.to))
    const smoother = createSmoother(points.x, points.y, request.smoothing ?? noSmoothing, referenceRange)
    const common = {
      runId: request.runIds[i]!,
      revision: run?.historyRevision ?? 0,
      hiddenPointCount: points.hiddenCount,
      extent: extents[i]!,
    }
    if (toPoint - fromPoint <= 2 * request.buckets) {
      const indexes = Uint32Array.from({ length: toPoint - fromPoint }, (_, offset) => fromPoint + offset)
      const [xs, ys] = [points.x.slice(fromPoint, toPoint), points.y.slice(fromPoint, toPoint)]
      series.push({ ...common, ...rawSeries(xs, ys, smoother?.(indexes) ?? none) })
      continue
    }
    const { lastPoint, ...buckets } = bucketPoints(points.x, points.y, grid, fromPoint, toPoint)
    series.push({
      ...common,
      ...buckets,
      kind: 'buckets',
      pointCount: toPoint - fromPoint,
      nonFinite: nonFinitePoints(points.x.subarray(fromPoint, toPoint), points.y.subarray(fromPoint, toPoint)),
      smoothed: smoother?.(lastPoint) ?? none,
    })
  }
  return { grid, series }
}

/** A series without what says whose it is. */
type OfRun = 'runId' | 'revision' | 'hiddenPointCount' | 'extent'
type SeriesBody = Omit<RawSeries, OfRun> | Omit<BucketSeries, OfRun>

const emptyRaw: SeriesBody = {
  kind: 'raw',
  pointCount: 0,
  nonFinite: { x: none, value: none },
  x: none,
  y: none,
  smoothed: none,
}

function rawSeries(x: Float64Array, y: Float64Array, smoothed: Float64Array): SeriesBody {
  return { kind: 'raw', pointCount: x.length, nonFinite: nonFinitePoints(x, y), x, y, smoothed }
}

function nonFinitePoints(x: Float64Array, y: Float64Array): { x: Float64Array; value: Float64Array } {
  const indexes: number[] = []
  for (let i = 0; i < y.length; i++) if (!Number.isFinite(y[i]!)) indexes.push(i)
  return { x: Float64Array.from(indexes, (i) => x[i]!), value: Float64Array.from(indexes, (i) => y[i]!) }
}

function stepExtent(whole: BucketedColumn): Extent {
  const { nonFinite } = whole
  const ends = [whole.firstStep[0], whole.lastStep.at(-1), nonFinite.steps[0], nonFinite.steps.at(-1)].filter(
    (step) => step !== undefined,
  )
  return ends.length === 0 ? noExtent : [Math.min(...ends), Math.max(...ends)]
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

/** The range asked for, else all there is; on a log axis from the smallest positive x at the lowest. */
function toGrid(request: SeriesRequest, extents: readonly Extent[]): AxisGrid {
  const scale = request.scale ?? 'linear'
  const all = union(extents)
  const [from, to] = request.range ?? all
  const lowest = scale === 'log' && from <= 0 ? (all[0] > 0 ? all[0] : 1) : from
  return { from: lowest, to: Math.max(lowest, to), count: request.buckets, scale }
}

const turnMsMax = 20

/** Lets other requests in between when a query takes long, and stops it when nobody waits for its answer. */
function createBreather(signal: AbortSignal | undefined): () => Promise<void> {
  let turnStartMs = performance.now()
  return async () => {
    if (performance.now() - turnStartMs < turnMsMax) return
    await new Promise<void>((resolve) => void setImmediate(resolve))
    signal?.throwIfAborted()
    turnStartMs = performance.now()
  }
}
