import type { Grouping } from '@lossline/protocol'
import { type AxisGrid, bucketOf } from './bucket-points.ts'
import { centreOf, spreadOf } from './group-statistics.ts'

/** What one run of a group has in the buckets of a grid; only buckets with finite points, `index` ascending. */
export interface MemberBuckets {
  readonly index: Uint32Array
  readonly mean: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  readonly last: Float64Array
  readonly lastX: Float64Array
  /** x of the run's last point, in the grid or after it. */
  readonly endX: number
}

/** A group's line, without what says whose it is. */
export interface GroupLine {
  readonly index: Uint32Array
  readonly runCount: Uint32Array
  readonly x: Float64Array
  readonly centre: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
}

/**
 * Makes one line of the runs of a group. In a bucket each run counts once, by the mean of its points. A run that skips a bucket
 * counts by its last value before as long as points of it follow: else a run that logs irregularly would come and go, and the
 * centre jump with it.
 */
export function reduceGroup(members: readonly MemberBuckets[], grid: AxisGrid, grouping: Grouping): GroupLine {
  const extremes = findExtremes(members, grid)
  const filled = Uint32Array.from(extremes.min.keys()).filter(
    (bucket) => extremes.min[bucket]! <= extremes.max[bucket]!,
  )
  const line = {
    index: filled,
    runCount: new Uint32Array(filled.length),
    x: Float64Array.from(filled, (bucket) => extremes.x[bucket]!),
    centre: new Float64Array(filled.length),
    low: new Float64Array(filled.length),
    high: new Float64Array(filled.length),
  }
  const readers = members.map((member) => createReader(member, grid))
  const values = new Float64Array(members.length)
  filled.forEach((bucket, at) => {
    let count = 0
    for (const read of readers) {
      const value = read(bucket)
      if (!Number.isNaN(value)) values[count++] = value
    }
    const present = values.subarray(0, count)
    const ends = { min: extremes.min[bucket]!, max: extremes.max[bucket]! }
    line.runCount[at] = count
    line.centre[at] = centreOf(present, ends, grouping.statistic)
    const [low, high] = spreadOf(present, ends, grouping)
    line.low[at] = low
    line.high[at] = high
  })
  return line
}

/** Least and largest of all points and the last x of each bucket; min > max where there are none. */
function findExtremes(
  members: readonly MemberBuckets[],
  grid: AxisGrid,
): { readonly min: Float64Array; readonly max: Float64Array; readonly x: Float64Array } {
  const min = new Float64Array(grid.count).fill(Number.POSITIVE_INFINITY)
  const max = new Float64Array(grid.count).fill(Number.NEGATIVE_INFINITY)
  const x = new Float64Array(grid.count).fill(Number.NEGATIVE_INFINITY)
  for (const member of members) {
    member.index.forEach((bucket, i) => {
      min[bucket] = Math.min(min[bucket]!, member.min[i]!)
      max[bucket] = Math.max(max[bucket]!, member.max[i]!)
      x[bucket] = Math.max(x[bucket]!, member.lastX[i]!)
    })
  }
  return { min, max, x }
}

/** Reads a member's value bucket by bucket, ascending; NaN before its first and after its last point. */
function createReader(member: MemberBuckets, grid: AxisGrid): (bucket: number) => number {
  const { index, mean, last, endX } = member
  const endBucket = endX > grid.to ? grid.count : bucketOf(grid, endX)
  let next = 0
  return (bucket) => {
    while (next < index.length && index[next]! < bucket) next += 1
    if (index[next] === bucket) return mean[next]!
    return next > 0 && bucket <= endBucket ? last[next - 1]! : Number.NaN
  }
}
