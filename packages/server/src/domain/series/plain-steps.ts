import { lowerBound, type Series, type SeriesFrame, type SeriesRequest, upperBound } from '@lossline/protocol'
import type { BucketedColumn, Column, RunRow, Store } from '@lossline/store'
import type { Breathe } from './breathe.ts'
import { type Extent, extentOf, noExtent, toGrid } from './grid.ts'
import { emptyRaw, none, ofRun, rawSeries, type SeriesBody, withNeighbours } from './series-body.ts'

/** What is known of a run before the grid is: all its points, where they are few enough to be sent anyway, or figures. */
type Overview =
  | { readonly kind: 'none' }
  | { readonly kind: 'points'; readonly points: Column; readonly extent: Extent }
  | { readonly kind: 'figures'; readonly pointCount: number; readonly extent: Extent }

/** By step, linear, not smoothed: the store buckets it from its rollups, however long the run is. */
export async function queryPlainSteps(
  store: Store,
  request: SeriesRequest,
  key: string,
  runs: readonly (RunRow | undefined)[],
  breathe: Breathe,
): Promise<SeriesFrame> {
  const stream = request.stream ?? 'history'
  const rawPointCountMax = 2 * request.buckets
  const column = (run: RunRow) => ({ run: run.id, stream, key })
  const lastStepOf = (run: RunRow): number => (stream === 'history' ? (run.lastStep ?? -1) : run.eventsLineCount - 1)

  const overviewOf = async (run: RunRow | undefined): Promise<Overview> => {
    await breathe()
    if (run === undefined || lastStepOf(run) < 0) return { kind: 'none' }
    const lastStep = lastStepOf(run)
    // There is at most one point a step.
    if (lastStep < rawPointCountMax) {
      const points = await store.column(column(run))
      const { steps } = points
      return { kind: 'points', points, extent: extentOf(steps) }
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
      const [from, to] = withNeighbours(lowerBound(steps, grid.from), upperBound(steps, grid.to), steps.length)
      return rawSeries(steps.slice(from, to), values.slice(from, to), none)
    }
    if (overview.pointCount > rawPointCountMax) {
      const buckets = await store.buckets({ ...column(run), ...range, grid })
      if (buckets.pointCount > rawPointCountMax) return bucketSeries(buckets)
    }
    const { steps, values } = await store.column({ ...column(run), ...range })
    const [before, after] = await neighboursOf(run)
    return rawSeries(
      Float64Array.of(...before.steps, ...steps, ...after.steps),
      Float64Array.of(...before.values, ...values, ...after.values),
      none,
    )
  }
  /** The points next to the range, one on either side where there is one. */
  const neighboursOf = async (run: RunRow): Promise<readonly [before: Column, after: Column]> => {
    const within = (from: number, to: number): Promise<BucketedColumn | undefined> | undefined =>
      to < from
        ? undefined
        : store.buckets({ ...column(run), fromStep: from, toStep: to, grid: { from, to, count: 1 } })
    const [left, right] = [await within(0, range.fromStep - 1), await within(range.toStep + 1, lastStepOf(run))]
    return [
      { steps: left?.lastStep ?? none, values: left?.last ?? none },
      { steps: right?.firstStep ?? none, values: right?.first ?? none },
    ]
  }
  const series: Series[] = []
  for (const [i, run] of runs.entries()) {
    const common = { ...ofRun(request, i, run, extents[i]!), hiddenPointCount: 0 }
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
    mean: new Float32Array(),
  }
}

/** From the first to the last step of a column that was put into one bucket. */
export function stepExtent(whole: BucketedColumn): Extent {
  const { nonFinite } = whole
  const ends = [whole.firstStep[0], whole.lastStep.at(-1), nonFinite.steps[0], nonFinite.steps.at(-1)].filter(
    (step) => step !== undefined,
  )
  return ends.length === 0 ? noExtent : [Math.min(...ends), Math.max(...ends)]
}
