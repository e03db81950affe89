import type { BucketedColumn } from '@lossline/store'
import { type AxisGrid, bucketOf } from './bucket-points.ts'
import type { MemberBuckets } from './group-line.ts'

/** Puts the points `fromPoint` ≤ i < `toPoint` (x ascending, all on the grid) into buckets; y that are not finite are left out. */
export function memberOfPoints(
  x: Float64Array,
  y: Float64Array,
  grid: AxisGrid,
  fromPoint: number,
  toPoint: number,
): MemberBuckets {
  const capacity = Math.min(grid.count, Math.max(0, toPoint - fromPoint))
  const index = new Uint32Array(capacity)
  const [mean, min, max] = [new Float64Array(capacity), new Float64Array(capacity), new Float64Array(capacity)]
  const [last, lastX] = [new Float64Array(capacity), new Float64Array(capacity)]
  let filled = 0
  let count = 0
  for (let i = fromPoint; i < toPoint; i++) {
    const value = y[i]!
    if (!Number.isFinite(value)) continue
    const bucket = bucketOf(grid, x[i]!)
    if (filled === 0 || index[filled - 1] !== bucket) {
      index[filled] = bucket
      min[filled] = max[filled] = value
      filled += 1
      count = 0
    }
    const at = filled - 1
    count += 1
    mean[at]! += (value - mean[at]!) / count
    min[at] = Math.min(min[at]!, value)
    max[at] = Math.max(max[at]!, value)
    last[at] = value
    lastX[at] = x[i]!
  }
  return {
    index: index.subarray(0, filled),
    mean: mean.subarray(0, filled),
    min: min.subarray(0, filled),
    max: max.subarray(0, filled),
    last: last.subarray(0, filled),
    lastX: lastX.subarray(0, filled),
    endX: x.at(-1) ?? Number.NaN,
  }
}

/** What the store has put into buckets. */
export function memberOfBuckets(buckets: BucketedColumn, endX: number): MemberBuckets {
  const { index, count, sum, min, max, last, lastStep } = buckets
  return { index, mean: sum.map((value, i) => value / count[i]!), min, max, last, lastX: lastStep, endX }
}
