import { InvalidPlotError } from '../errors.ts'
import type { OptionNames } from '../options/check-options.ts'
import { Table } from '../table/table.ts'
import { type ChartUsage, checkChartOptions, checkList, checkLists, checkTexts } from './check-arguments.ts'
import { type ChartOptions, type CustomChart, chartOptionNames } from './custom-chart.ts'
import { plotTable } from './plot-table.ts'

/** Several lines. */
export interface LineSeriesOptions extends ChartOptions {
  /** One array of x for all lines, or an array for each. */
  readonly xs: ArrayLike<unknown> | readonly ArrayLike<unknown>[]
  /** An array of y for each line. A line ends with the shorter one of its arrays. */
  readonly ys: readonly ArrayLike<unknown>[]
  /** A name for each line. Default: `line_0`, `line_1`, … */
  readonly keys?: readonly string[] | undefined
  /** What x is called. Default `x`. */
  readonly xname?: string | undefined
}

const usage: ChartUsage = {
  name: 'plot.lineSeries',
  parameters: '{ xs, ys, keys }',
  options: {
    ...chartOptionNames,
    xs: true,
    ys: true,
    keys: true,
    xname: true,
  } satisfies OptionNames<LineSeriesOptions>,
}

/**
 * Several lines in one chart.
 *
 * @throws {@link InvalidPlotError} when there are not as many xs or keys as ys.
 * @example run.log({ lines: plot.lineSeries({ xs: [0, 1, 2], ys: [[1, 2, 3], [3, 2, 1]], keys: ['up', 'down'] }) })
 */
export function lineSeries(options: LineSeriesOptions): CustomChart {
  checkChartOptions(options, usage)
  checkList(options.xs, 'xs', usage)
  checkLists(options.ys, 'ys', usage)
  if (hasSeries(options.xs)) checkLists(options.xs, 'xs', usage)
  if (options.keys !== undefined) checkList(options.keys, 'keys', usage)
  checkTexts(options.keys, 'keys', usage)
  const { ys, title = '', xname = 'x', splitTable } = options
  const xs = hasSeries(options.xs) ? options.xs : ys.map(() => options.xs)
  const keys = options.keys ?? ys.map((_, index) => `line_${index}`)
  if (xs.length !== ys.length) throw mismatch('arrays of x', xs.length, ys.length)
  if (keys.length !== ys.length) throw mismatch('keys', keys.length, ys.length)
  const table = new Table({ columns: ['step', 'lineKey', 'lineVal'] })
  for (const [index, y] of ys.entries()) {
    const x = xs[index] as ArrayLike<unknown>
    const length = Math.min(x.length, y.length)
    for (let point = 0; point < length; point += 1) table.addRow(x[point], keys[index], y[point])
  }
  const fields = { step: 'step', lineKey: 'lineKey', lineVal: 'lineVal' }
  return plotTable({ preset: 'wandb/lineseries/v0', table, fields, texts: { title, xname }, splitTable })
}

function hasSeries(xs: LineSeriesOptions['xs']): xs is readonly ArrayLike<unknown>[] {
  const first: unknown = xs[0]
  return typeof first === 'object' && first !== null && 'length' in first
}

function mismatch(what: string, count: number, wanted: number): InvalidPlotError {
  return new InvalidPlotError(`${count} ${what} do not go with ${wanted} arrays of y.`, 'Pass one for each array of y.')
}
