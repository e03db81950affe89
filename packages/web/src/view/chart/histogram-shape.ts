/** A bar of a histogram; all four in fractions of the plot, y downwards. */
export interface HistogramBar {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Bars over the axis of values, so that wide bins are wide. Empty when edges and counts do not go together. */
export function histogramBars(counts: readonly number[], edges: readonly number[]): readonly HistogramBar[] {
  const first = edges[0]
  const last = edges.at(-1)
  if (counts.length === 0 || edges.length !== counts.length + 1 || first === undefined || last === undefined) return []
  const most = Math.max(...counts)
  const span = last - first
  return counts.map((count, index) => {
    const from = edges[index] as number
    const to = edges[index + 1] as number
    const height = most > 0 ? count / most : 0
    return {
      from,
      to,
      count,
      height,
      y: 1 - height,
      x: span > 0 ? (from - first) / span : index / counts.length,
      width: span > 0 ? (to - from) / span : 1 / counts.length,
    }
  })
}

/** How full each bin is beside the fullest of its own step, 0…1; roots, so that few values still show. */
export function heatShares(counts: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return counts.map((bins) => {
    const most = Math.max(0, ...bins)
    return bins.map((count) => (most > 0 ? Math.sqrt(count / most) : 0))
  })
}

/** Counts of values in `count` equal bins from the least to the largest; what is not finite is left out. */
export function binValues(
  values: readonly number[],
  count: number,
): { readonly counts: readonly number[]; readonly edges: readonly number[] } {
  const finite = values.filter(Number.isFinite)
  if (finite.length === 0) return { counts: [], edges: [] }
  const least = finite.reduce((a, b) => Math.min(a, b))
  const largest = finite.reduce((a, b) => Math.max(a, b))
  // One value alone still gets a bar with a width.
  const span = largest - least || 1
  const counts = new Array<number>(count).fill(0)
  for (const value of finite) {
    const bin = Math.min(count - 1, Math.floor(((value - least) / span) * count))
    counts[bin] = (counts[bin] as number) + 1
  }
  return { counts, edges: Array.from({ length: count + 1 }, (_, edge) => least + (span * edge) / count) }
}

/** More labels than these have no room below columns. */
const columnLabelCountMax = 4

/** Columns that get a label: the first and every so many after it, so that equal distances are equally many columns. */
export function labelledColumns(count: number): readonly number[] {
  let every = 1
  for (let power = 1; Math.ceil(count / every) > columnLabelCountMax; power *= 10) {
    every = [power, 2 * power, 5 * power].find((one) => Math.ceil(count / one) <= columnLabelCountMax) ?? 10 * power
  }
  return Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every)
}
