import type { PointsSummary } from './bucket-column.ts'

/** Points of one rollup group; the last group of a chunk may have fewer. */
export const groupPointCount = 64

/** Figures of consecutive points. `firstStep` and `lastStep` are of all of them, the rest is of the finite ones. */
export interface GroupSummary extends PointsSummary {
  /** All points, finite or not; equals `count` when the other figures stand for every point. */
  readonly pointCount: number
}

/** Summarises points `from`…`to`-1 (at least one), steps ascending. No finite point: NaN for first, min, max, last. */
export function summarise(steps: Float64Array, values: Float64Array, from: number, to: number): GroupSummary {
  let count = 0
  let first = Number.NaN
  let min = Number.NaN
  let max = Number.NaN
  let last = Number.NaN
  let sum = 0
  for (let point = from; point < to; point++) {
    const rawValue = values[point]!
    if (!Number.isFinite(rawValue)) continue
    // -0 becomes 0, as in bucketColumn.
    const value = rawValue + 0
    if (count === 0) first = min = max = value
    else if (value < min) min = value
    else if (value > max) max = value
    last = value
    sum += value
    count += 1
  }
  return { count, first, min, max, last, sum, firstStep: steps[from]!, lastStep: steps[to - 1]!, pointCount: to - from }
}

export function groupCountOf(pointCount: number): number {
  return Math.ceil(pointCount / groupPointCount)
}

/** Group g of a rollup. */
export interface Rollup {
  readonly groupCount: number
  group(index: number): GroupSummary
}

const figureCount = 7

/**
 * Rollup of a chunk as bytes: little-endian float64 arrays of one entry a group, in the order first, min, max, last, sum,
 * firstStep, lastStep; then one byte a group, the number of its finite points.
 *
 * @param pointCount - Of the chunk; a chunk of one group needs no rollup.
 */
export function encodeRollup(steps: Float64Array, values: Float64Array): Uint8Array {
  const groupCount = groupCountOf(steps.length)
  const figures = new Float64Array(groupCount * figureCount)
  const bytes = new Uint8Array(figures.byteLength + groupCount)
  for (let index = 0; index < groupCount; index++) {
    const from = index * groupPointCount
    const group = summarise(steps, values, from, Math.min(from + groupPointCount, steps.length))
    const row = [group.first, group.min, group.max, group.last, group.sum, group.firstStep, group.lastStep]
    for (const [figure, value] of row.entries()) figures[figure * groupCount + index] = value
    bytes[figures.byteLength + index] = group.count
  }
  bytes.set(new Uint8Array(figures.buffer), 0)
  return bytes
}

/** @throws RangeError when the bytes are not the rollup of `pointCount` points. */
export function openRollup(bytes: Uint8Array, pointCount: number): Rollup {
  const groupCount = groupCountOf(pointCount)
  const figureBytes = groupCount * figureCount * 8
  if (bytes.length !== figureBytes + groupCount) throw new RangeError(`Not the rollup of ${pointCount} points.`)
  const figures = new Float64Array(bytes.slice(0, figureBytes).buffer)
  const figure = (number: number, index: number): number => figures[number * groupCount + index]!
  return {
    groupCount,
    group: (index) => ({
      count: bytes[figureBytes + index]!,
      first: figure(0, index),
      min: figure(1, index),
      max: figure(2, index),
      last: figure(3, index),
      sum: figure(4, index),
      firstStep: figure(5, index),
      lastStep: figure(6, index),
      pointCount: Math.min(groupPointCount, pointCount - index * groupPointCount),
    }),
  }
}
