import { csvField } from '@lossline/protocol'
import type { Range } from '../view/address/url-state.ts'
import {
  type ChartLine,
  elementCount,
  elementMax,
  elementMin,
  elementSize,
  elementX,
  elementY,
  smoothedYs,
} from './chart-line.ts'

/** One row of "view as table": a point, or a bucket of points. */
export interface ChartTableRow {
  readonly run: string
  readonly runId: string
  /** x of the point, or of the bucket's last point. */
  readonly x: number
  /** The exact stored value at `x`. */
  readonly value: number
  readonly smoothed: number | undefined
  /** Points that the row stands for; runs, if it is of a group. */
  readonly count: number
  readonly min: number
  readonly max: number
}

/** What a table can be sorted by. */
export type ChartTableColumn = 'run' | 'x' | 'value' | 'smoothed' | 'count' | 'min' | 'max'

/** Everything that a chart draws in `range` as rows, run by run, x ascending; values that are not finite are included. */
export function toTableRows(lines: readonly ChartLine[], range: Range | undefined): readonly ChartTableRow[] {
  const [from, to] = range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return lines.flatMap((line) => {
    const rows: ChartTableRow[] = []
    for (let i = 0; i < elementCount(line.series); i++) {
      const x = elementX(line.series, i)
      if (x >= from && x <= to && Number.isFinite(elementY(line.series, i))) rows.push(elementRow(line, i))
    }
    const { x: xs, value } = line.series.nonFinite
    xs.forEach((x, i) => {
      const y = value[i] as number
      if (x >= from && x <= to) {
        rows.push({ ...names(line), x, value: y, smoothed: undefined, count: 1, min: y, max: y })
      }
    })
    return rows.sort((a, b) => a.x - b.x)
  })
}

/** A copy in another order. Values that are not numbers come last either way. */
export function sortTableRows(
  rows: readonly ChartTableRow[],
  by: ChartTableColumn,
  isDescending: boolean,
): readonly ChartTableRow[] {
  const sign = isDescending ? -1 : 1
  return [...rows].sort((a, b) => {
    if (by === 'run') return sign * (a.run < b.run ? -1 : a.run > b.run ? 1 : 0)
    const [p, q] = [a[by] ?? Number.NaN, b[by] ?? Number.NaN]
    if (Number.isNaN(p) || Number.isNaN(q)) return Number(Number.isNaN(p)) - Number(Number.isNaN(q))
    return sign * (p < q ? -1 : p > q ? 1 : 0)
  })
}

/**
 * RFC 4180 text with every digit of every value.
 *
 * @param names - What the columns of values are called, see `csvNames`.
 */
export function toCsv(
  rows: readonly ChartTableRow[],
  xName: string,
  names: { readonly value: string; readonly smoothed: string },
): string {
  const header = ['run', 'run id', xName, names.value, names.smoothed, 'points', 'min', 'max']
  const lines = rows.map((row) =>
    [row.run, row.runId, row.x, row.value, row.smoothed ?? '', row.count, row.min, row.max].map(csvField).join(','),
  )
  return [header.map(csvField).join(','), ...lines, ''].join('\r\n')
}

/** The same as a list of objects; NaN and infinities, which JSON has no numbers for, are texts in it. */
export function toJson(rows: readonly ChartTableRow[]): string {
  return JSON.stringify(
    rows,
    (_, value: unknown) => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value),
    1,
  )
}

function elementRow(line: ChartLine, i: number): ChartTableRow {
  const { series } = line
  return {
    ...names(line),
    x: elementX(series, i),
    value: elementY(series, i),
    smoothed: smoothedYs(series)?.[i],
    count: elementSize(series, i),
    min: elementMin(series, i),
    max: elementMax(series, i),
  }
}

function names({ label, runId }: ChartLine): { run: string; runId: string } {
  return { run: label, runId }
}
