import type { RunSummary, StrictJson } from '@lossline/protocol'
import { linearTicks, logTicks } from '../../chart/ticks.ts'
import type { BetterEnd, ScatterAxis } from './scatter-panel.ts'

/** A run with a number on both axes. */
export interface ScatterPoint {
  readonly run: RunSummary
  readonly x: number
  readonly y: number
  /** Undefined: the run has none, or none is asked for. */
  readonly z: number | undefined
}

/** A straight or logarithmic axis with its marks. */
export interface ScatterScale {
  readonly low: number
  readonly high: number
  readonly isLog: boolean
  readonly ticks: readonly number[]
  /** 0 at `low`, 1 at `high`. */
  along(value: number): number
}

/** Runs with numbers on both axes; on logarithmic axes only positive ones. `values`: x, y and perhaps z of each run. */
export function toScatterPoints(
  runs: readonly RunSummary[],
  values: ReadonlyMap<string, readonly StrictJson[]>,
  axes: { readonly x: ScatterAxis; readonly y: ScatterAxis },
): { readonly points: readonly ScatterPoint[]; readonly missingCount: number } {
  const points = runs.flatMap((run): readonly ScatterPoint[] => {
    const [x, y, z] = values.get(run.runId) ?? []
    if (!isOn(x, axes.x) || !isOn(y, axes.y)) return []
    return [{ run, x, y, z: typeof z === 'number' && Number.isFinite(z) ? z : undefined }]
  })
  return { points, missingCount: runs.length - points.length }
}

function isOn(value: StrictJson | undefined, { isLog }: ScatterAxis): value is number {
  return typeof value === 'number' && Number.isFinite(value) && (!isLog || value > 0)
}

export function toScale(numbers: readonly number[], axis: ScatterAxis): ScatterScale {
  const place = axis.isLog ? Math.log10 : (value: number) => value
  const unplace = axis.isLog ? (value: number) => 10 ** value : (value: number) => value
  const said = (value: number | undefined): number | undefined =>
    value === undefined || (axis.isLog && value <= 0) ? undefined : place(value)
  const placed = numbers.map(place)
  let low = said(axis.min) ?? placed.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  let high = said(axis.max) ?? placed.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  if (!Number.isFinite(low) || !Number.isFinite(high)) [low, high] = [0, 1]
  if (low >= high) [low, high] = [low - 0.5, low + 0.5]
  const air = (high - low) * 0.05
  if (axis.min === undefined) low -= air
  if (axis.max === undefined) high += air
  const [from, to] = [unplace(low), unplace(high)]
  return {
    low: from,
    high: to,
    isLog: axis.isLog,
    ticks: axis.isLog ? logTicks(from, to) : linearTicks(from, to, 5, numbers.every(Number.isInteger)),
    along: (value) => (place(value) - low) / (high - low),
  }
}

/**
 * Points whose places lie in all parts of axes that were chosen.
 *
 * @param brushes - Of x as 0 and y as 1: from and to along the axis, 0 at its low end and 1 at its high one.
 */
export function chosenPoints(
  points: readonly ScatterPoint[],
  axes: { readonly x: ScatterAxis; readonly y: ScatterAxis },
  brushes: ReadonlyMap<number, readonly [from: number, to: number]>,
): readonly ScatterPoint[] {
  const x = toScale(
    points.map((point) => point.x),
    axes.x,
  )
  const y = toScale(
    points.map((point) => point.y),
    axes.y,
  )
  return points.filter((point) =>
    [...brushes].every(([axis, [from, to]]) => {
      // As they are drawn: what lies beyond an end stands there.
      const place = Math.max(0, Math.min(1, axis === 0 ? x.along(point.x) : y.along(point.y)))
      return place >= from && place <= to
    }),
  )
}

/** How many points lie beyond the ends that somebody has set of the axes. */
export function countBeyondEnds(
  points: readonly ScatterPoint[],
  { x, y }: { readonly x: ScatterAxis; readonly y: ScatterAxis },
): number {
  const isBeyond = (value: number, { min = value, max = value }: ScatterAxis): boolean => value < min || value > max
  return points.filter((point) => isBeyond(point.x, x) || isBeyond(point.y, y)).length
}

/** The straight line through points as they are drawn, by least squares; undefined for fewer than two places of x. */
export function regressionLine(
  points: readonly (readonly [x: number, y: number])[],
): { readonly slope: number; readonly intercept: number; readonly r: number } | undefined {
  const n = points.length
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n
  let [xx, xy, yy] = [0, 0, 0]
  for (const [x, y] of points) {
    xx += (x - meanX) ** 2
    xy += (x - meanX) * (y - meanY)
    yy += (y - meanY) ** 2
  }
  if (n < 2 || xx === 0) return undefined
  const slope = xy / xx
  return { slope, intercept: meanY - slope * meanX, r: yy === 0 ? 0 : xy / Math.sqrt(xx * yy) }
}

/** Points that no other one is better than in both directions (equal in one and better in the other counts), by x. */
export function paretoFrontier(
  points: readonly ScatterPoint[],
  better: { readonly x: BetterEnd; readonly y: BetterEnd },
): readonly ScatterPoint[] {
  const sign = (end: BetterEnd): number => (end === 'low' ? 1 : -1)
  const [sx, sy] = [sign(better.x), sign(better.y)]
  const sorted = points.toSorted((a, b) => sx * (a.x - b.x) || sy * (a.y - b.y))
  const frontier: ScatterPoint[] = []
  for (const point of sorted) {
    const last = frontier.at(-1)
    if (last === undefined || sy * point.y < sy * last.y) frontier.push(point)
  }
  return frontier.toSorted((a, b) => a.x - b.x)
}
