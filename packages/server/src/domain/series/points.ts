/** Points of one run, x ascending; equal x in logging order. */
export interface Points {
  readonly x: Float64Array
  readonly y: Float64Array
  /** Left out because their x is not positive on a log axis. */
  readonly hiddenCount: number
  /** Indexes of the points as they were logged; undefined where that is the order of x. */
  readonly loggedOrder?: Uint32Array
}

/** Brings points into order of x and leaves out those that a log axis cannot show. Points without a finite x are dropped. */
export function orderPoints(x: Float64Array, y: Float64Array, scale: 'linear' | 'log'): Points {
  let isOrdered = true
  let usableCount = 0
  let hiddenCount = 0
  let previous = Number.NEGATIVE_INFINITY
  for (const value of x) {
    if (!Number.isFinite(value)) continue
    if (scale === 'log' && value <= 0) {
      hiddenCount += 1
      continue
    }
    usableCount += 1
    if (value < previous) isOrdered = false
    previous = value
  }
  if (isOrdered && usableCount === x.length) return { x, y, hiddenCount }
  const order = new Uint32Array(usableCount)
  let end = 0
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!
    if (Number.isFinite(value) && (scale === 'linear' || value > 0)) order[end++] = i
  }
  if (!isOrdered) order.sort((a, b) => x[a]! - x[b]! || a - b)
  const ordered = { x: pick(x, order), y: pick(y, order), hiddenCount }
  return isOrdered ? ordered : { ...ordered, loggedOrder: ranksOf(order, x.length) }
}

/** Where the points are now, in the order in which they were. */
function ranksOf(order: Uint32Array, pointCount: number): Uint32Array {
  const rankOf = new Uint32Array(pointCount)
  // 0 is a point that was left out.
  for (let i = 0; i < order.length; i++) rankOf[order[i]!] = i + 1
  const ranks = new Uint32Array(order.length)
  let end = 0
  for (const rank of rankOf) if (rank > 0) ranks[end++] = rank - 1
  return ranks
}

/** Values at the given indexes. */
export function pick(values: Float64Array, indexes: Uint32Array): Float64Array {
  const picked = new Float64Array(indexes.length)
  for (let i = 0; i < indexes.length; i++) picked[i] = values[indexes[i]!]!
  return picked
}
