import { InvalidPlotError, InvalidTableError } from '../errors.ts'
import type { OptionNames } from '../options/check-options.ts'
import { Table } from '../table/table.ts'
import { type ChartUsage, checkChartOptions, checkTexts, wrongUse } from './check-arguments.ts'
import { CustomChart } from './custom-chart.ts'

/** What {@link plotTable} draws. */
export interface PlotTableOptions {
  /** Id of a preset: W&B's, such as `wandb/line/v0`, or one that you made in W&B's page, `<entity>/<name>`. */
  readonly preset: string
  readonly table: Table
  /** For each field of the preset the column of the table that it shows. */
  readonly fields: Readonly<Record<string, string | null>>
  /** Values of the preset's texts, such as `title`. Default: none. */
  readonly texts?: Readonly<Record<string, string>> | undefined
  /** As in {@link ChartOptions}. */
  readonly splitTable?: boolean | undefined
}

const usage: ChartUsage = {
  name: 'plotTable',
  parameters: '{ preset, table, fields }',
  options: {
    preset: true,
    table: true,
    fields: true,
    texts: true,
    splitTable: true,
  } satisfies OptionNames<PlotTableOptions>,
}

/**
 * A chart by a preset's id.
 *
 * @throws {@link InvalidPlotError} without a preset, a table or fields, {@link InvalidTableError} when a field names a column that the table does not have.
 * @example
 * run.log({ curve: plotTable({ preset: 'wandb/line/v0', table, fields: { x: 'step', y: 'loss' }, texts: { title: 'Loss' } }) })
 */
export function plotTable(options: PlotTableOptions): CustomChart {
  checkChartOptions(options, usage)
  const { preset, table, fields, texts = {}, splitTable = false } = options
  if (!(table instanceof Table)) {
    throw new InvalidPlotError('A chart is drawn from a Table.', 'Make one: new Table({ columns, rows }).')
  }
  if (typeof preset !== 'string') throw wrongUse(usage, 'preset is the id of a preset')
  if (!isObject(fields)) throw wrongUse(usage, 'fields is an object of columns by field')
  if (!isObject(texts)) throw wrongUse(usage, 'texts is an object of texts by name')
  checkTexts(Object.values(texts), 'texts', usage)
  for (const [field, column] of Object.entries(fields)) {
    if (column === null || table.columns.includes(column)) continue
    if (typeof column !== 'string') throw wrongUse(usage, `field "${field}" names a column of the table`)
    throw new InvalidTableError(
      `Field "${field}" of the chart shows the column "${column}", which the table does not have.`,
      `Its columns are ${table.columns.join(', ')}.`,
    )
  }
  return new CustomChart(table, { id: preset, fields: { ...fields }, texts: { ...texts }, isTableSplit: splitTable })
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
