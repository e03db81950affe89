import { linearTicks } from '../../chart/ticks.ts'
import type { XySeries } from '../vega/custom-chart.ts'

/** So that shares are marked at every fifth. */
const tickCount = 5

/** An axis: what its ends are, and where it is marked. */
export interface XyAxis {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
}

/** The axes that hold all points, with some air; those of shares keep to 0…1, however little of it they need. */
export function xyAxes(series: readonly XySeries[]): { readonly x: XyAxis; readonly y: XyAxis } {
  const points = series.flatMap((one) => one.points)
  return { x: toAxis(points.map(([x]) => x)), y: toAxis(points.map(([, y]) => y)) }
}

function toAxis(values: readonly number[]): XyAxis {
  let low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  let high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  if (values.length === 0) [low, high] = [0, 1]
  const isShare = low >= 0 && high <= 1
  if (isShare && (high - low > 0.2 || low === high)) [low, high] = [0, 1]
  else if (low === high) [low, high] = [low - 0.5, high + 0.5]
  else [low, high] = [low - (high - low) * 0.04, high + (high - low) * 0.04]
  // Nothing is more than all of it.
  if (isShare) [low, high] = [Math.max(0, low), Math.min(1, high)]
  return { low, high, ticks: linearTicks(low, high, tickCount, values.every(Number.isInteger)) }
}

/** A place on an axis as a share of its length. */
export function alongAxis({ low, high }: XyAxis, value: number): number {
  return (value - low) / (high - low)
}

/** The point of a line whose x is nearest. */
export function nearestPoint({ points }: XySeries, x: number): readonly [x: number, y: number] | undefined {
  let best: readonly [number, number] | undefined
  for (const point of points) {
    if (best === undefined || Math.abs(point[0] - x) < Math.abs(best[0] - x)) best = point
  }
  return best
}
