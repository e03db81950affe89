import { type ChartLine, elementCount, elementX, elementY } from '../../chart/chart-line.ts'
import type { Range } from '../address/url-state.ts'

/** Readings of devices over time: a row for each, a mean for each stretch of time; NaN where nothing was read. */
export interface HeatRows {
  readonly rows: readonly Float64Array[]
  readonly low: number
  readonly high: number
}

/** A reading counts until the next one, but not for longer than so many usual distances between them. */
const heldDistances = 2

/** Means of lines in equal stretches of an x range. */
export function toHeatRows(lines: readonly ChartLine[], [from, to]: Range, columnCount: number): HeatRows {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const rows = lines.map(({ series }) => {
    const sums = new Float64Array(columnCount)
    const counts = new Uint32Array(columnCount)
    for (let i = 0; i < elementCount(series); i += 1) {
      const x = elementX(series, i)
      const y = elementY(series, i)
      if (x < from || x > to || !Number.isFinite(y)) continue
      // The end belongs to the last stretch.
      const at = Math.min(columnCount - 1, Math.floor(((x - from) / (to - from)) * columnCount))
      sums[at] = (sums[at] as number) + y
      counts[at] = (counts[at] as number) + 1
    }
    const readCount = counts.reduce((sum, count) => sum + count, 0)
    return hold(
      sums.map((sum, column) => sum / (counts[column] as number)),
      Math.ceil((heldDistances * columnCount) / Math.max(1, readCount)),
    )
  })
  for (const row of rows) {
    for (const value of row) {
      if (Number.isNaN(value)) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  }
  return { rows, low, high }
}

/** Readings may be rarer than stretches. */
function hold(row: Float64Array, columnsMax: number): Float64Array {
  let last = Number.NEGATIVE_INFINITY
  return row.map((value, column) => {
    if (!Number.isNaN(value)) last = column
    return column - last < columnsMax ? (row[last] as number) : value
  })
}
