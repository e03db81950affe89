import {
  createSmoother,
  type Grouping,
  type GroupSeries,
  lowerBound,
  type SeriesRequest,
  upperBound,
} from '@lossline/protocol'
import type { RunRow, Store } from '@lossline/store'
import type { Breathe } from './breathe.ts'
import type { AxisGrid } from './bucket-points.ts'
import { type Extent, extentOf, toGrid } from './grid.ts'
import { type MemberBuckets, reduceGroup } from './group-line.ts'
import type { LoadPoints } from './load-points.ts'
import { memberOfBuckets, memberOfPoints } from './member-buckets.ts'
import { stepExtent } from './plain-steps.ts'
import { pointsOf } from './points-query.ts'
import { nonFinitePoints } from './series-body.ts'

/** What groups are made from. */
export interface GroupsQuery {
  readonly store: Store
  readonly loadPoints: LoadPoints
  readonly request: SeriesRequest
  /** A key that the store can put into buckets by itself. */
  readonly key: string | undefined
  /** By group, in the request's order. */
  readonly members: readonly (readonly (RunRow | undefined)[])[]
  readonly referenceRange: number
  readonly breathe: Breathe
}

/** Lets a run's points be asked for in two steps: how far they go, then what is in the buckets of a grid. */
interface MemberSource {
  readonly extent: Extent
  /** Points of the whole run. */
  readonly pointCount: number
  readonly hiddenCount: number
  read(grid: AxisGrid): Promise<MemberInRange>
}
interface MemberInRange {
  readonly buckets: MemberBuckets
  readonly pointCount: number
  readonly nonFinite: GroupSeries['nonFinite']
}

const meanOnly: Grouping = { statistic: 'mean', band: 'none' }
// One value for each run and bucket: 64 MB at most.
const valueCountMax = 8_000_000

/** One line for each group of a request. */
export async function queryGroups(query: GroupsQuery): Promise<readonly GroupSeries[]> {
  const series: GroupSeries[] = []
  for (const [i, group] of (query.request.groups ?? []).entries()) {
    series.push(await queryGroup(query, group.name, query.members[i]!))
  }
  return series
}

async function queryGroup(
  query: GroupsQuery,
  name: string,
  runs: readonly (RunRow | undefined)[],
): Promise<GroupSeries> {
  const { request, key, breathe } = query
  const sources: MemberSource[] = []
  for (const run of runs) {
    if (run !== undefined)
      sources.push(await (key === undefined ? pointSource(query, run) : stepSource(query, run, key)))
    await breathe()
  }
  const grid = groupGrid(request, sources)
  const found: MemberInRange[] = []
  for (const source of sources) {
    found.push(await source.read(grid))
    await breathe()
  }
  const members = found.map(({ buckets }) => buckets)
  return {
    kind: 'group',
    name,
    size: runs.length,
    grid,
    pointCount: found.reduce((sum, { pointCount }) => sum + pointCount, 0),
    hiddenPointCount: sources.reduce((sum, { hiddenCount }) => sum + hiddenCount, 0),
    extent: unionOf(sources),
    nonFinite: mergeNonFinite(found),
    ...reduceGroup(members, grid, request.grouping ?? meanOnly),
  }
}

/**
 * How the runs of a group are aligned: by buckets that are as narrow as those asked for, or as the usual distance in x between
 * points of the run that logs most seldom, whichever is wider. So evenly spaced points of a run are never in one bucket while
 * those asked for suffice. On a log axis the bucket at the upper end, where points lie closest together, is that narrow.
 */
function groupGrid(request: SeriesRequest, sources: readonly MemberSource[]): AxisGrid {
  const grid = toGrid(
    request,
    sources.map(({ extent }) => extent),
  )
  const spacings = sources
    .filter(({ pointCount }) => pointCount > 1)
    .map(({ extent: [from, to], pointCount }) => (to - from) / (pointCount - 1))
  const widest = Math.max(0, ...spacings)
  const apart = widest > 0 ? Math.round(widthsIn(grid, widest)) + 1 : grid.count
  const affordable = Math.floor(valueCountMax / Math.max(1, sources.length))
  return { ...grid, count: Math.max(1, Math.min(grid.count, apart, affordable)) }
}

/** How often a distance before the end of a grid fits into it, as long as the axis shows it. */
function widthsIn({ from, to, scale }: AxisGrid, distance: number): number {
  if (scale === 'linear') return (to - from) / distance
  const last = Math.log(to / Math.max(from, to - distance))
  return last > 0 ? Math.log(to / from) / last : 0
}

/** By step, linear, not smoothed: from the store's rollups. */
async function stepSource({ store, request }: GroupsQuery, run: RunRow, key: string): Promise<MemberSource> {
  const stream = request.stream ?? 'history'
  const column = { run: run.id, stream, key }
  const lastStep = Math.max(0, stream === 'history' ? (run.lastStep ?? 0) : run.eventsLineCount - 1)
  const whole = await store.buckets({ ...column, grid: { from: 0, to: lastStep, count: 1 } })
  const extent = stepExtent(whole)
  return {
    extent,
    pointCount: whole.pointCount,
    hiddenCount: 0,
    async read(grid) {
      const range = { fromStep: Math.ceil(grid.from), toStep: Math.floor(grid.to) }
      const buckets = await store.buckets({ ...column, ...range, grid })
      const { steps, values } = buckets.nonFinite
      return {
        buckets: memberOfBuckets(buckets, extent[1]),
        pointCount: buckets.pointCount,
        nonFinite: { x: steps, value: values },
      }
    },
  }
}

/** Any x, scale and smoothing: over every point. */
async function pointSource({ loadPoints, request, referenceRange }: GroupsQuery, run: RunRow): Promise<MemberSource> {
  const load = () => loadPoints({ ...pointsOf(request), run })
  const { x, hiddenCount } = await load()
  return {
    extent: extentOf(x),
    pointCount: x.length,
    hiddenCount,
    async read(grid) {
      const points = await load()
      const smoother = createSmoother(points, request.smoothing ?? { kind: 'none' }, referenceRange)
      const from = lowerBound(points.x, grid.from)
      const to = Math.max(from, upperBound(points.x, grid.to))
      const y = smoother === undefined ? points.y : withSmoothed(points.y, smoother, from, to)
      return {
        buckets: memberOfPoints(points.x, y, grid, from, to),
        pointCount: to - from,
        nonFinite: nonFinitePoints(points.x.subarray(from, to), points.y.subarray(from, to)),
      }
    },
  }
}

function withSmoothed(
  y: Float64Array,
  smoother: (at: Uint32Array) => Float64Array,
  from: number,
  to: number,
): Float64Array {
  const smoothed = new Float64Array(y.length)
  smoothed.set(smoother(Uint32Array.from({ length: to - from }, (_, offset) => from + offset)), from)
  return smoothed
}

function unionOf(sources: readonly MemberSource[]): Extent {
  const known = sources.filter(({ extent }) => !Number.isNaN(extent[0]))
  if (known.length === 0) return [Number.NaN, Number.NaN]
  return [Math.min(...known.map(({ extent }) => extent[0])), Math.max(...known.map(({ extent }) => extent[1]))]
}

function mergeNonFinite(found: readonly MemberInRange[]): GroupSeries['nonFinite'] {
  const points = found
    .flatMap(({ nonFinite: { x, value } }) => Array.from(x, (at, i) => ({ x: at, value: value[i]! })))
    .sort((a, b) => a.x - b.x)
  return { x: Float64Array.from(points, ({ x }) => x), value: Float64Array.from(points, ({ value }) => value) }
}
