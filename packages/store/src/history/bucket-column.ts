import type { BucketedColumn, BucketGrid, Column } from '../store.ts'

/**
 * Number of the bucket that holds a step, 0…`count`-1; -1 outside [`from`, `to`]. Bucket i covers
 * [from + i·width, from + (i+1)·width), the last one also `to`; a grid of zero width has everything in its last bucket.
 * It never falls while the step grows, so two steps in one bucket have all steps between them in it too.
 */
export function bucketIndex(step: number, grid: BucketGrid): number {
  if (!(step >= grid.from && step <= grid.to)) return -1
  if (step === grid.to) return grid.count - 1
  return Math.min(grid.count - 1, Math.floor(((step - grid.from) / (grid.to - grid.from)) * grid.count))
}

/** What is known of some consecutive finite points without looking at each. */
export interface PointsSummary {
  readonly count: number
  readonly first: number
  readonly min: number
  readonly max: number
  readonly last: number
  readonly sum: number
  readonly firstStep: number
  readonly lastStep: number
}

/** Collects points and summaries in order of step. */
export interface BucketAccumulator {
  /** A point outside the grid is ignored. */
  addPoint(step: number, value: number): void
  /** All points of the summary must lie in bucket `index`. */
  addSummary(index: number, summary: PointsSummary): void
  finish(): BucketedColumn
}

/** @throws RangeError when the grid has no bucket or its ends are not finite and in order. */
export function createBucketAccumulator(grid: BucketGrid): BucketAccumulator {
  if (
    !(Number.isInteger(grid.count) && grid.count >= 1 && Number.isFinite(grid.to - grid.from) && grid.from <= grid.to)
  ) {
    throw new RangeError(`Not a grid: ${grid.count} buckets from ${grid.from} to ${grid.to}.`)
  }
  const count = new Uint32Array(grid.count)
  const first = new Float64Array(grid.count)
  const min = new Float64Array(grid.count)
  const max = new Float64Array(grid.count)
  const last = new Float64Array(grid.count)
  const sum = new Float64Array(grid.count)
  const firstStep = new Float64Array(grid.count)
  const lastStep = new Float64Array(grid.count)
  const nonFiniteSteps: number[] = []
  const nonFiniteValues: number[] = []
  let pointCount = 0

  return {
    addPoint(step, rawValue) {
      const index = bucketIndex(step, grid)
      if (index < 0) return
      pointCount += 1
      if (!Number.isFinite(rawValue)) {
        nonFiniteSteps.push(step)
        nonFiniteValues.push(rawValue)
        return
      }
      // -0 becomes 0: summaries come from a database that does not keep the sign of zero.
      const value = rawValue + 0
      if (count[index] === 0) {
        first[index] = min[index] = max[index] = value
        firstStep[index] = step
      } else {
        if (value < min[index]!) min[index] = value
        if (value > max[index]!) max[index] = value
      }
      count[index]! += 1
      sum[index]! += value
      last[index] = value
      lastStep[index] = step
    },
    addSummary(index, summary) {
      pointCount += summary.count
      if (count[index] === 0) {
        first[index] = summary.first
        min[index] = summary.min
        max[index] = summary.max
        firstStep[index] = summary.firstStep
      } else {
        if (summary.min < min[index]!) min[index] = summary.min
        if (summary.max > max[index]!) max[index] = summary.max
      }
      count[index]! += summary.count
      sum[index]! += summary.sum
      last[index] = summary.last
      lastStep[index] = summary.lastStep
    },
    finish() {
      const index = filledBuckets(count)
      // Loops, not `from` with a function: a chart of a thousand runs comes here a thousand times.
      const pick = <T extends Float64Array | Uint32Array>(figures: T, picked: T): T => {
        for (let at = 0; at < index.length; at++) picked[at] = figures[index[at]!]!
        return picked
      }
      const pickFloats = (figures: Float64Array): Float64Array => pick(figures, new Float64Array(index.length))
      return {
        index,
        count: pick(count, new Uint32Array(index.length)),
        first: pickFloats(first),
        min: pickFloats(min),
        max: pickFloats(max),
        last: pickFloats(last),
        sum: pickFloats(sum),
        firstStep: pickFloats(firstStep),
        lastStep: pickFloats(lastStep),
        nonFinite: { steps: Float64Array.from(nonFiniteSteps), values: Float64Array.from(nonFiniteValues) },
        pointCount,
      }
    },
  }
}

function filledBuckets(count: Uint32Array): Uint32Array {
  const index = new Uint32Array(count.length)
  let filledCount = 0
  for (let bucket = 0; bucket < count.length; bucket++) if (count[bucket]! > 0) index[filledCount++] = bucket
  return index.slice(0, filledCount)
}

/**
 * Buckets a column point by point: what `Store.buckets` must answer. All figures are the same bit for bit, except that
 * `sum` may differ by rounding, since a store adds whole groups. -0 counts as 0.
 *
 * @param column - Steps ascending.
 * @throws RangeError when the grid has no bucket or its ends are not finite and in order.
 */
export function bucketColumn(column: Column, grid: BucketGrid): BucketedColumn {
  const accumulator = createBucketAccumulator(grid)
  for (let point = 0; point < column.steps.length; point++) {
    accumulator.addPoint(column.steps[point]!, column.values[point]!)
  }
  return accumulator.finish()
}
