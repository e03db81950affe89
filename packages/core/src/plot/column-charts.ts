import type { Table } from '../table/table.ts'
import type { ChartOptions, CustomChart } from './custom-chart.ts'
import { plotTable } from './plot-table.ts'

/** Which columns a line shows. */
export interface LineOptions extends ChartOptions {
  readonly x: string
  readonly y: string
  /** Column whose values make a line each. Default: one line. */
  readonly stroke?: string | undefined
}

/** Which columns the points show. */
export interface ScatterOptions extends ChartOptions {
  readonly x: string
  readonly y: string
}

/** Which columns the bars show. */
export interface BarOptions extends ChartOptions {
  /** Column with the names of the bars. */
  readonly label: string
  /** Column with their lengths. */
  readonly value: string
}

/** Which column the histogram counts. */
export interface HistogramOptions extends ChartOptions {
  readonly value: string
}

/**
 * A line through the rows of a table.
 *
 * @throws {@link InvalidTableError} for a column that the table does not have; so do the others.
 * @example run.log({ curve: plot.line(table, { x: 'step', y: 'loss', title: 'Loss' }) })
 */
export function line(table: Table, { x, y, stroke, title = '', splitTable }: LineOptions): CustomChart {
  const fields = { x, y, stroke: stroke ?? null }
  return plotTable({ preset: 'wandb/line/v0', table, fields, texts: { title }, splitTable })
}

/** A point for each row of a table. */
export function scatter(table: Table, { x, y, title = '', splitTable }: ScatterOptions): CustomChart {
  return plotTable({ preset: 'wandb/scatter/v0', table, fields: { x, y }, texts: { title }, splitTable })
}

/** A bar for each row of a table. */
export function bar(table: Table, { label, value, title = '', splitTable }: BarOptions): CustomChart {
  return plotTable({ preset: 'wandb/bar/v0', table, fields: { label, value }, texts: { title }, splitTable })
}

/** How often the values of a column occur; the page makes the bins. */
export function histogram(table: Table, { value, title = '', splitTable }: HistogramOptions): CustomChart {
  return plotTable({ preset: 'wandb/histogram/v0', table, fields: { value }, texts: { title }, splitTable })
}
