import type { Smoothing } from '@lossline/protocol'
import { lowerBound, upperBound } from '@lossline/store'
import { assertNever } from '../../errors.ts'

/** Smoothed values at chosen points, `NaN` where a point's own y is not finite. */
export type Smoother = (at: Uint32Array) => Float64Array

/**
 * Smooths a whole series; the viewport plays no part, so that zooming never changes a value.
 *
 * @param x - Finite; ascending, but for the two EMAs, which go from point to point whichever way.
 * @param y - Same length. NaN and ±Infinity are skipped and do not reach their neighbours.
 * @param referenceRange - Extent of x that a time-weighted weight refers to (see {@link roundUpToPowerOfTwo}).
 */
export function createSmoother(
  x: Float64Array,
  y: Float64Array,
  smoothing: Smoothing,
  referenceRange: number,
): Smoother | undefined {
  switch (smoothing.kind) {
    case 'none':
      return undefined
    case 'time-weighted-ema':
      return pickFrom(timeWeightedEma(x, y, smoothing.weight, referenceRange))
    case 'ema':
      return pickFrom(ema(y, smoothing.weight))
    case 'gaussian':
      return gaussian(x, y, smoothing.sigma)
    case 'running-average':
      return runningAverage(x, y, smoothing.window)
    default:
      return assertNever(smoothing)
  }
}

/** 1 for an extent of nothing, else the power of two ≥ `extent`: growing runs change their curve only on doubling. */
export function roundUpToPowerOfTwo(extent: number): number {
  return extent > 0 && Number.isFinite(extent) ? 2 ** Math.ceil(Math.log2(extent)) : 1
}

// How many steps of weight the reference range holds. W&B names such a factor but does not publish its value.
const weightsPerRange = 1000

function timeWeightedEma(x: Float64Array, y: Float64Array, strength: number, referenceRange: number): Float64Array {
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
    numerator = numerator * decay + value
    denominator = denominator * decay + 1
    smoothed[i] = numerator / denominator
    previousX = x[i]!
  }
  return smoothed
}

// A weight of 1 would never let a new value in.
const emaWeightMax = 0.999_999

function ema(y: Float64Array, strength: number): Float64Array {
  const weight = Math.min(strength, emaWeightMax)
  const smoothed = new Float64Array(y.length).fill(Number.NaN)
  let numerator = 0
  let denominator = 0
  for (let i = 0; i < y.length; i++) {
    const value = y[i]!
    if (!Number.isFinite(value)) continue
    numerator = numerator * weight + value
    denominator = denominator * weight + 1
    smoothed[i] = numerator / denominator
  }
  return smoothed
}

// Beyond this many sigmas a point weighs less than 1 in 3,000.
const gaussianReach = 4
// A window with more points than this is summed in cells of sigma / 32, whose means stand for their points.
const exactWindowPointCountMax = 4096
const cellsPerSigma = 32

function gaussian(x: Float64Array, y: Float64Array, sigma: number): Smoother {
  const reach = gaussianReach * sigma
  const extent = x.length === 0 ? 0 : x[x.length - 1]! - x[0]!
  const meanWindowPointCount = extent > 0 ? (x.length * 2 * reach) / extent : x.length
  if (sigma > 0 && extent > 0 && meanWindowPointCount > exactWindowPointCountMax) {
    const cells = gatherCells(x, y, sigma / cellsPerSigma)
    return (at) => weighAround(at, x, y, cells.x, cells.mean, cells.count, sigma)
  }
  return (at) => weighAround(at, x, y, x, y, undefined, sigma)
}

function weighAround(
  at: Uint32Array,
  x: Float64Array,
  y: Float64Array,
  sourceX: Float64Array,
  sourceY: Float64Array,
  sourceCount: Float64Array | undefined,
  sigma: number,
): Float64Array {
  const reach = gaussianReach * sigma
  return Float64Array.from(at, (point) => {
    if (!Number.isFinite(y[point]!)) return Number.NaN
    const centre = x[point]!
    const end = upperBound(sourceX, centre + reach)
    let numerator = 0
    let denominator = 0
    for (let i = lowerBound(sourceX, centre - reach); i < end; i++) {
      const value = sourceY[i]!
      if (!Number.isFinite(value)) continue
      const distance = sigma > 0 ? (sourceX[i]! - centre) / sigma : 0
      const weight = Math.exp(-0.5 * distance * distance) * (sourceCount?.[i] ?? 1)
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
): { x: Float64Array; mean: Float64Array; count: Float64Array } {
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
  return { x: Float64Array.from(cellX), mean: Float64Array.from(mean), count: Float64Array.from(count) }
}

// Sums of whole blocks make long windows cheap. One running sum over everything would be cheaper still, but a single
// huge value in it would wipe out the digits of all that follow.
const blockPointCount = 256

function runningAverage(x: Float64Array, y: Float64Array, window: number): Smoother {
  const blockCount = Math.ceil(x.length / blockPointCount)
  const blockSums = new Float64Array(blockCount)
  const blockCounts = new Float64Array(blockCount)
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(y[i]!)) continue
    const block = Math.floor(i / blockPointCount)
    blockSums[block]! += y[i]!
    blockCounts[block]! += 1
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
        sum += y[i]!
        count += 1
      }
      i += 1
    }
    return sum / count
  }
  return (at) =>
    Float64Array.from(at, (point) => {
      if (!Number.isFinite(y[point]!)) return Number.NaN
      return mean(lowerBound(x, x[point]! - window / 2), upperBound(x, x[point]! + window / 2))
    })
}

function pickFrom(smoothed: Float64Array): Smoother {
  return (at) => Float64Array.from(at, (point) => smoothed[point]!)
}
