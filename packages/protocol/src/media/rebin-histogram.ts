/** Counts and the edges of their bins, ascending, one more than there are counts. */
export interface BinnedCounts {
  readonly counts: readonly number[]
  readonly edges: readonly number[]
}

/** Edges of bins of one width. Where all values are the same, the bins are around as wide as such numbers can tell apart. */
export function evenEdges(low: number, high: number, binCount: number): readonly number[] {
  const top = high > low ? high : low + Math.max(1, Math.abs(low) * 1e-9)
  // Not by the width: that of the widest range is more than a number can be.
  return Array.from({ length: binCount + 1 }, (_, edge) => {
    const share = edge / binCount
    return edge === binCount ? top : low * (1 - share) + top * share
  })
}

/**
 * The same counts over other bins. A bin that lies in several gives each its part, as if its values were evenly spread; what lies
 * outside goes to the first and the last. Nothing is lost: the counts add up to what they did.
 *
 * @param onto - Edges, ascending, at least two.
 */
export function rebinHistogram({ counts, edges }: BinnedCounts, onto: readonly number[]): readonly number[] {
  const binCount = onto.length - 1
  const result = new Array<number>(binCount).fill(0)
  for (const [index, count] of counts.entries()) {
    const [from, to] = [edges[index]!, edges[index + 1]!]
    const first = Math.min(binCount - 1, Math.max(0, lastUpTo(onto, from)))
    // Values at an upper edge belong to the bin before it.
    const last = to > from ? Math.min(binCount - 1, Math.max(first, firstFrom(onto, to) - 1)) : first
    let rest = count
    for (let bin = first; bin < last; bin += 1) {
      const left = bin === first ? from : onto[bin]!
      // Halves, because the width of the widest bin is more than a number can be.
      const part = count * ((onto[bin + 1]! / 2 - left / 2) / (to / 2 - from / 2))
      result[bin]! += part
      rest -= part
    }
    result[last]! += rest
  }
  return result
}

/** Index of the last edge that is not above a value; -1 if all are. */
function lastUpTo(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Index of the first edge that is not below a value; their number if all are. */
function firstFrom(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
