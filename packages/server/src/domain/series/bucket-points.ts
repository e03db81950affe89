/** Buckets over x, evenly spaced on the axis: [`from`, `to`] cut into `count`; the last one includes `to`. */
export interface AxisGrid {
  readonly from: number
  readonly to: number
  readonly count: number
  readonly scale: 'linear' | 'log'
}

/** Non-empty buckets, `index` ascending. Non-finite y are in none of them. */
export interface BucketedPoints {
  readonly index: Uint32Array
  readonly count: Uint32Array
  readonly first: Float32Array
  readonly min: Float32Array
  readonly max: Float32Array
  readonly last: Float64Array
  readonly lastX: Float64Array
  /** Of the points in each. */
  readonly mean: Float32Array
  /** Index into the points of each bucket's last one. */
  readonly lastPoint: Uint32Array
}

/** The bucket of an x in [`from`, `to`]. A grid of no extent has everything in bucket 0. */
export function bucketOf(grid: AxisGrid, x: number): number {
  const position =
    grid.scale === 'log'
      ? (Math.log(x) - Math.log(grid.from)) / (Math.log(grid.to) - Math.log(grid.from))
      : (x - grid.from) / (grid.to - grid.from)
  if (!(position > 0)) return 0
  return Math.min(grid.count - 1, Math.floor(position * grid.count))
}

/** Reduces the points `fromPoint` ≤ i < `toPoint` (x ascending, all on the grid) to buckets. */
export function bucketPoints(
  x: Float64Array,
  y: Float64Array,
  grid: AxisGrid,
  fromPoint: number,
  toPoint: number,
): BucketedPoints {
  const capacity = Math.min(grid.count, Math.max(0, toPoint - fromPoint))
  const index = new Uint32Array(capacity)
  const count = new Uint32Array(capacity)
  const first = new Float32Array(capacity)
  const min = new Float32Array(capacity)
  const max = new Float32Array(capacity)
  const last = new Float64Array(capacity)
  const lastX = new Float64Array(capacity)
  const mean = new Float32Array(capacity)
  const lastPoint = new Uint32Array(capacity)
  let filled = 0
  let current = -1
  let low = 0
  let high = 0
  let average = 0
  for (let i = fromPoint; i < toPoint; i++) {
    const value = y[i]!
    if (!Number.isFinite(value)) continue
    const bucket = bucketOf(grid, x[i]!)
    if (bucket !== current) {
      current = bucket
      index[filled] = bucket
      first[filled] = low = high = average = value
      filled += 1
    }
    const at = filled - 1
    if (value < low) low = value
    if (value > high) high = value
    count[at]! += 1
    average += (value - average) / count[at]!
    mean[at] = average
    min[at] = low
    max[at] = high
    last[at] = value
    lastX[at] = x[i]!
    lastPoint[at] = i
  }
  return {
    index: index.subarray(0, filled),
    count: count.subarray(0, filled),
    first: first.subarray(0, filled),
    min: min.subarray(0, filled),
    max: max.subarray(0, filled),
    last: last.subarray(0, filled),
    lastX: lastX.subarray(0, filled),
    mean: mean.subarray(0, filled),
    lastPoint: lastPoint.subarray(0, filled),
  }
}
