import type { PointsSummary } from './bucket-column.ts'
import { isFloat32 } from './value-codec.ts'

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

/**
 * Rollup of a chunk as bytes, little-endian, one entry a group in each array: `f64` sum · first, min, max, last as `f32` where
 * that is exact, else `f64` · unless the steps are strided, `f64` first step and last step · `u8` number of finite points ·
 * one byte of flags.
 */
export function encodeRollup(steps: Float64Array, values: Float64Array, isStrided: boolean): Uint8Array {
  const groups = Array.from({ length: groupCountOf(steps.length) }, (_, index) => {
    const from = index * groupPointCount
    return summarise(steps, values, from, Math.min(from + groupPointCount, steps.length))
  })
  const column = (figure: (group: GroupSummary) => number): number[] => groups.map(figure)
  const values4 = Float64Array.from([
    ...column((group) => group.first),
    ...column((group) => group.min),
    ...column((group) => group.max),
    ...column((group) => group.last),
  ])
  const isHalf = isFloat32(values4)
  const parts = [
    Float64Array.from(column((group) => group.sum)),
    isHalf ? Float32Array.from(values4) : values4,
    isStrided
      ? new Float64Array(0)
      : Float64Array.from([...column((group) => group.firstStep), ...column((group) => group.lastStep)]),
    Uint8Array.from(column((group) => group.count)),
    Uint8Array.of((isHalf ? flagFloat32 : 0) | (isStrided ? flagStrided : 0)),
  ]
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0))
  let offset = 0
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), offset)
    offset += part.byteLength
  }
  return bytes
}

const flagFloat32 = 1
const flagStrided = 2

/** What a rollup leaves to its chunk. */
export interface RollupContext {
  readonly pointCount: number
  readonly firstStep: number
  /** Undefined when the steps are uneven. */
  readonly stride: number | undefined
}

/** @throws RangeError when the bytes are not the rollup of such a chunk. */
export function openRollup(bytes: Uint8Array, { pointCount, firstStep, stride }: RollupContext): Rollup {
  const groupCount = groupCountOf(pointCount)
  const flags = bytes.at(-1) ?? 0
  const isHalf = (flags & flagFloat32) !== 0
  const isStrided = (flags & flagStrided) !== 0
  const stepsOffset = groupCount * (8 + 4 * (isHalf ? 4 : 8))
  const countsOffset = stepsOffset + (isStrided ? 0 : groupCount * 16)
  if (bytes.length !== countsOffset + groupCount + 1 || isStrided !== (stride !== undefined)) {
    throw new RangeError(`Not the rollup of ${pointCount} points.`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const figure = (number: number, index: number): number => {
    const entry = number * groupCount + index
    return isHalf
      ? view.getFloat32(groupCount * 8 + entry * 4, true)
      : view.getFloat64(groupCount * 8 + entry * 8, true)
  }
  /** Step of the first point (end 0) or the last point (end 1) of a group. */
  const step = (end: 0 | 1, index: number): number => {
    if (stride === undefined) return view.getFloat64(stepsOffset + (end * groupCount + index) * 8, true)
    const point = end === 0 ? index * groupPointCount : Math.min((index + 1) * groupPointCount, pointCount) - 1
    return firstStep + point * stride
  }
  return {
    groupCount,
    group: (index) => ({
      count: bytes[countsOffset + index]!,
      first: figure(0, index),
      min: figure(1, index),
      max: figure(2, index),
      last: figure(3, index),
      sum: view.getFloat64(index * 8, true),
      firstStep: step(0, index),
      lastStep: step(1, index),
      pointCount: Math.min(groupPointCount, pointCount - index * groupPointCount),
    }),
  }
}
