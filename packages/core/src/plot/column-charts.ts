import type { OptionNames } from '../options/check-options.ts'
import type { Table } from '../table/table.ts'
import { type ChartUsage, checkChartOptions } from './check-arguments.ts'
import { type ChartOptions, type CustomChart, chartOptionNames } from './custom-chart.ts'
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

const usages = {
  line: {
    name: 'plot.line',
    parameters: 'table, { x, y, stroke }',
    options: { ...chartOptionNames, x: true, y: true, stroke: true } satisfies OptionNames<LineOptions>,
  },
  scatter: {
    name: 'plot.scatter',
    parameters: 'table, { x, y }',
    options: { ...chartOptionNames, x: true, y: true } satisfies OptionNames<ScatterOptions>,
  },
  bar: {
    name: 'plot.bar',
    parameters: 'table, { label, value }',
    options: { ...chartOptionNames, label: true, value: true } satisfies OptionNames<BarOptions>,
  },
  histogram: {
    name: 'plot.histogram',
    parameters: 'table, { value }',
    options: { ...chartOptionNames, value: true } satisfies OptionNames<HistogramOptions>,
  },
} satisfies Record<string, ChartUsage>

/**
 * A line through the rows of a table.
 *
 * @throws {@link InvalidPlotError} without a table or options, {@link InvalidTableError} for a column that the table does
 *   not have; so do the others.
 * @example run.log({ curve: plot.line(table, { x: 'step', y: 'loss', title: 'Loss' }) })
 */
export function line(table: Table, options: LineOptions): CustomChart {
  checkChartOptions(options, usages.line)
  const { x, y, stroke, title = '', splitTable } = options
  const fields = { x, y, stroke: stroke ?? null }
  return plotTable({ preset: 'wandb/line/v0', table, fields, texts: { title }, splitTable })
}

/** A point for each row of a table. */
export function scatter(table: Table, options: ScatterOptions): CustomChart {
  checkChartOptions(options, usages.scatter)
  const { x, y, title = '', splitTable } = options
  return plotTable({ preset: 'wandb/scatter/v0', table, fields: { x, y }, texts: { title }, splitTable })
}

/** A bar for each row of a table. */
export function bar(table: Table, options: BarOptions): CustomChart {
  checkChartOptions(options, usages.bar)
  const { label, value, title = '', splitTable } = options
  return plotTable({ preset: 'wandb/bar/v0', table, fields: { label, value }, texts: { title }, splitTable })
}

/** How often the values of a column occur; the page makes the bins. */
export function histogram(table: Table, options: HistogramOptions): CustomChart {
  checkChartOptions(options, usages.histogram)
  const { value, title = '', splitTable } = options
  return plotTable({ preset: 'wandb/histogram/v0', table, fields: { value }, texts: { title }, splitTable })
}
