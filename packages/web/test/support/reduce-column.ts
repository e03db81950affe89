import type { Series, SeriesFrame, SeriesRequest } from '@lossline/protocol'
import type { GeneratedColumn } from './generated-data.ts'

type Grid = SeriesFrame['grid']

/** Answers a series request over plain columns, as the server is documented to: naive, and only as fast as a test needs. */
export function reduceColumns(
  request: SeriesRequest,
  columns: readonly { readonly runId: string; readonly revision: number; readonly column: GeneratedColumn }[],
): SeriesFrame {
  const isLog = request.scale === 'log'
  const grid = toGrid(
    request,
    columns.map(({ column }) => column.steps),
    isLog,
  )
  const series = columns.map(({ runId, revision, column }) => {
    const points = [...column.steps].flatMap((x, i) =>
      x >= grid.from && x <= grid.to && (!isLog || x > 0) ? [{ x, y: column.values[i] as number }] : [],
    )
    const common = {
      runId,
      revision,
      pointCount: points.length,
      hiddenPointCount: isLog ? column.steps.filter((x) => x <= 0).length : 0,
      extent: [column.steps[0] ?? Number.NaN, column.steps.at(-1) ?? Number.NaN] as const,
      nonFinite: {
        x: Float64Array.from(points.filter(({ y }) => !Number.isFinite(y)).map(({ x }) => x)),
        value: Float64Array.from(points.filter(({ y }) => !Number.isFinite(y)).map(({ y }) => y)),
      },
    }
    const finite = points.filter(({ y }) => Number.isFinite(y))
    const smoothed = smooth(finite, request)
    return points.length <= 2 * request.buckets
      ? ({
          ...common,
          kind: 'raw',
          x: Float64Array.from(finite.map(({ x }) => x)),
          y: Float64Array.from(finite.map(({ y }) => y)),
          smoothed,
        } satisfies Series)
      : ({ ...common, kind: 'buckets', ...toBuckets(finite, grid, smoothed) } satisfies Series)
  })
  return { grid, series }
}

function toGrid(request: SeriesRequest, steps: readonly Float64Array[], isLog: boolean): Grid {
  const all = steps.map((xs) => (isLog ? xs.filter((x) => x > 0) : xs)).filter((xs) => xs.length > 0)
  const from = request.range?.[0] ?? Math.min(...all.map((xs) => xs[0] as number), Number.POSITIVE_INFINITY)
  const to = request.range?.[1] ?? Math.max(...all.map((xs) => xs.at(-1) as number), Number.NEGATIVE_INFINITY)
  const scale = isLog ? 'log' : 'linear'
  return Number.isFinite(from) ? { from, to, count: request.buckets, scale } : { from: 0, to: 1, count: 16, scale }
}

function toBuckets(points: readonly { x: number; y: number }[], grid: Grid, smoothed: Float64Array) {
  const indexOf = (x: number): number => {
    const share =
      grid.scale === 'log'
        ? Math.log(x / grid.from) / Math.log(grid.to / grid.from)
        : (x - grid.from) / (grid.to - grid.from)
    return Math.min(grid.count - 1, Math.floor(share * grid.count))
  }
  const groups = new Map<number, { ys: number[]; lastX: number; lastAt: number }>()
  points.forEach(({ x, y }, i) => {
    const group = groups.get(indexOf(x)) ?? { ys: [], lastX: x, lastAt: i }
    group.ys.push(y)
    Object.assign(group, { lastX: x, lastAt: i })
    groups.set(indexOf(x), group)
  })
  const list = [...groups.values()]
  const meanOf = ({ ys }: { readonly ys: readonly number[] }): number => ys.reduce((a, b) => a + b, 0) / ys.length
  return {
    index: Uint32Array.from(groups.keys()),
    count: Uint32Array.from(list.map(({ ys }) => ys.length)),
    first: Float32Array.from(list.map(({ ys }) => ys[0] as number)),
    min: Float32Array.from(list.map(({ ys }) => ys.reduce((a, b) => Math.min(a, b)))),
    max: Float32Array.from(list.map(({ ys }) => ys.reduce((a, b) => Math.max(a, b)))),
    last: Float64Array.from(list.map(({ ys }) => ys.at(-1) as number)),
    lastX: Float64Array.from(list.map(({ lastX }) => lastX)),
    smoothed:
      smoothed.length > 0
        ? Float64Array.from(list.map(({ lastAt }) => smoothed[lastAt] as number))
        : new Float64Array(),
    mean: smoothed.length > 0 ? Float32Array.from(list, meanOf) : new Float32Array(),
  }
}

function smooth(points: readonly { y: number }[], { smoothing }: SeriesRequest): Float64Array {
  if (!smoothing || smoothing.kind === 'none') return new Float64Array()
  const weight = 'weight' in smoothing ? smoothing.weight : 0.9
  let sum = 0
  let total = 0
  return Float64Array.from(points, ({ y }) => {
    sum = sum * weight + y
    total = total * weight + 1
    return sum / total
  })
}
