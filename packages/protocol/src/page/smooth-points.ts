import { lowerBound, upperBound } from './bounds.ts'
import type { Smoothing } from './series-api.ts'

/** What is smoothed: points, or what stands for several of them each. */
export interface SmoothedPoints {
  /** Finite; ascending, but for the two EMAs, which go from point to point whichever way. */
  readonly x: Float64Array
  /** Same length. NaN and ±Infinity are skipped and do not reach their neighbours. */
  readonly y: Float64Array
  /**
   * How many points each stands for: the last of them is at its x, the others lie evenly between it and the one before, and y is
   * their mean. Default: one.
   */
  readonly count?: Uint32Array
  /**
   * Indexes of the points in the order in which they are joined, where x goes back and forth: the EMAs go along the line; what looks
   * to both sides does so in x, as everywhere. Default: as they stand.
   */
  readonly order?: Uint32Array
}

/** Smoothed values at chosen points, `NaN` where a point's own y is not finite. */
export type Smoother = (at: Uint32Array) => Float64Array

/**
 * Smooths a whole series; the viewport plays no part, so that zooming never changes a value.
 *
 * @param referenceRange - Extent of x that a time-weighted weight refers to (see {@link roundUpToPowerOfTwo}).
 */
export function createSmoother(
  points: SmoothedPoints,
  smoothing: Smoothing,
  referenceRange: number,
): Smoother | undefined {
  switch (smoothing.kind) {
    case 'none':
      return undefined
    case 'time-weighted-ema':
      return pickFrom(along(points, (joined) => timeWeightedEma(joined, smoothing.weight, referenceRange)))
    case 'ema':
      return pickFrom(along(points, (joined) => ema(joined, smoothing.weight)))
    case 'gaussian':
      return gaussian(points, smoothing.sigma)
    case 'running-average':
      return runningAverage(points, smoothing.window)
    default:
      return assertNever(smoothing)
  }
}

/** 1 for an extent of nothing, else the power of two ≥ `extent`: growing runs change their curve only on doubling. */
export function roundUpToPowerOfTwo(extent: number): number {
  return extent > 0 && Number.isFinite(extent) ? 2 ** Math.ceil(Math.log2(extent)) : 1
}

function along(points: SmoothedPoints, smooth: (joined: SmoothedPoints) => Float64Array): Float64Array {
  const { x, y, order } = points
  if (order === undefined) return smooth(points)
  const pick = (values: Float64Array): Float64Array => Float64Array.from(order, (point) => values[point]!)
  const smoothed = new Float64Array(x.length)
  smooth({ x: pick(x), y: pick(y) }).forEach((value, i) => {
    smoothed[order[i]!] = value
  })
  return smoothed
}

// How many steps of weight the reference range holds. W&B names such a factor but does not publish its value.
const weightsPerRange = 1000

function timeWeightedEma({ x, y, count }: SmoothedPoints, strength: number, referenceRange: number): Float64Array {
  const weight = Math.min(Math.sqrt(strength), 0.999)
  const smoothed = new Float64Array(x.length).fill(Number.NaN)
  let numerator = 0
  let denominator = 0
  let previousX = Number.NaN
  let previousGap = Number.NaN
  let decay = 1
  for (let i = 0; i < x.length; i++) {
    const value = y[i]!
    if (!Number.isFinite(value)) continue
    const gap = Number.isNaN(previousX) ? 0 : Math.abs(x[i]! - previousX)
    // Steps are mostly evenly spaced: one power for a whole stretch.
    if (gap !== previousGap) {
      decay = weight ** ((gap / referenceRange) * weightsPerRange)
      previousGap = gap
    }
    const mass = massOf(decay, count?.[i])
    numerator = numerator * decay + value * mass
    denominator = denominator * decay + mass
    smoothed[i] = numerator / denominator
    previousX = x[i]!
  }
  return smoothed
}

// A weight of 1 would never let a new value in.
const emaWeightMax = 0.999_999

function ema({ y, count }: SmoothedPoints, strength: number): Float64Array {
  const weight = Math.min(strength, emaWeightMax)
  const smoothed = new Float64Array(y.length).fill(Number.NaN)
  let numerator = 0
  let denominator = 0
  for (let i = 0; i < y.length; i++) {
    const value = y[i]!
    if (!Number.isFinite(value)) continue
    const decay = weight ** (count?.[i] ?? 1)
    const mass = massOf(decay, count?.[i])
    numerator = numerator * decay + value * mass
    denominator = denominator * decay + mass
    smoothed[i] = numerator / denominator
  }
  return smoothed
}

/** What `count` points weigh together that follow each other while weights fall to `decay`: the last of them 1. */
function massOf(decay: number, count = 1): number {
  if (count === 1 || decay === 1) return count
  return (1 - decay) / (1 - decay ** (1 / count))
}

// Beyond this many sigmas a point weighs less than 1 in 3,000.
const gaussianReach = 4
// A window with more points than this is summed in cells of sigma / 32, whose means stand for their points.
const exactWindowPointCountMax = 4096
const cellsPerSigma = 32

function gaussian(points: SmoothedPoints, sigma: number): Smoother {
  const { x, y, count } = points
  const reach = gaussianReach * sigma
  const extent = x.length === 0 ? 0 : x[x.length - 1]! - x[0]!
  const meanWindowPointCount = extent > 0 ? (x.length * 2 * reach) / extent : x.length
  if (count === undefined && sigma > 0 && extent > 0 && meanWindowPointCount > exactWindowPointCountMax) {
    const cells = gatherCells(x, y, sigma / cellsPerSigma)
    return (at) => weighAround(at, points, cells, sigma)
  }
  const source = { x: centresOf(points), y, count }
  return (at) => weighAround(at, points, source, sigma)
}

function weighAround(
  at: Uint32Array,
  { x, y }: SmoothedPoints,
  source: Pick<SmoothedPoints, 'x' | 'y'> & { readonly count: ArrayLike<number> | undefined },
  sigma: number,
): Float64Array {
  const reach = gaussianReach * sigma
  return Float64Array.from(at, (point) => {
    if (!Number.isFinite(y[point]!)) return Number.NaN
    const centre = x[point]!
    const end = upperBound(source.x, centre + reach)
    let numerator = 0
    let denominator = 0
    for (let i = lowerBound(source.x, centre - reach); i < end; i++) {
      const value = source.y[i]!
      if (!Number.isFinite(value)) continue
      const distance = sigma > 0 ? (source.x[i]! - centre) / sigma : 0
      const weight = Math.exp(-0.5 * distance * distance) * (source.count?.[i] ?? 1)
      numerator += weight * value
      denominator += weight
    }
    return denominator > 0 ? numerator / denominator : y[point]!
  })
}

function gatherCells(
  x: Float64Array,
  y: Float64Array,
  width: number,
): { x: Float64Array; y: Float64Array; count: Float64Array } {
  const cellX: number[] = []
  const mean: number[] = []
  const count: number[] = []
  let current = Number.NaN
  let at = -1
  for (let i = 0; i < x.length; i++) {
    const value = y[i]!
    if (!Number.isFinite(value)) continue
    const cell = Math.floor((x[i]! - x[0]!) / width)
    if (cell !== current) {
      current = cell
      at += 1
      cellX.push(0)
      mean.push(0)
      count.push(0)
    }
    const seen = count[at]! + 1
    count[at] = seen
    cellX[at]! += (x[i]! - cellX[at]!) / seen
    mean[at]! += (value - mean[at]!) / seen
  }
  return { x: Float64Array.from(cellX), y: Float64Array.from(mean), count: Float64Array.from(count) }
}

// Sums of whole blocks make long windows cheap. One running sum over everything would be cheaper still, but a single
// huge value in it would wipe out the digits of all that follow.
const blockPointCount = 256

function runningAverage(points: SmoothedPoints, window: number): Smoother {
  const { x, y, count: sizes } = points
  const centres = centresOf(points)
  const blockCount = Math.ceil(x.length / blockPointCount)
  const blockSums = new Float64Array(blockCount)
  const blockCounts = new Float64Array(blockCount)
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(y[i]!)) continue
    const block = Math.floor(i / blockPointCount)
    const size = sizes?.[i] ?? 1
    blockSums[block]! += y[i]! * size
    blockCounts[block]! += size
  }
  const mean = (from: number, to: number): number => {
    let sum = 0
    let count = 0
    for (let i = from; i < to; ) {
      if (i % blockPointCount === 0 && i + blockPointCount <= to) {
        sum += blockSums[i / blockPointCount]!
        count += blockCounts[i / blockPointCount]!
        i += blockPointCount
        continue
      }
      if (Number.isFinite(y[i]!)) {
        const size = sizes?.[i] ?? 1
        sum += y[i]! * size
        count += size
      }
      i += 1
    }
    return sum / count
  }
  return (at) =>
    Float64Array.from(at, (point) => {
      if (!Number.isFinite(y[point]!)) return Number.NaN
      const from = lowerBound(centres, x[point]! - window / 2)
      const to = upperBound(centres, x[point]! + window / 2)
      // What stands for several points has its centre before its x, and is part of its own average all the same.
      return mean(Math.min(from, point), Math.max(to, point + 1))
    })
}

/** Where the points that each stands for lie on average. */
function centresOf({ x, count }: SmoothedPoints): Float64Array {
  if (count === undefined) return x
  return x.map((at, i) => {
    const size = count[i]!
    return i === 0 ? at : at - ((at - x[i - 1]!) * (size - 1)) / (2 * size)
  })
}

function pickFrom(smoothed: Float64Array): Smoother {
  return (at) => Float64Array.from(at, (point) => smoothed[point]!)
}

function assertNever(smoothing: never): never {
  throw new Error(`Unexpected smoothing: ${JSON.stringify(smoothing)}`)
}
