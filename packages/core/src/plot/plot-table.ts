import { InvalidTableError } from '../errors.ts'
import { Table } from '../table/table.ts'
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

/**
 * A chart by a preset's id.
 *
 * @throws {@link InvalidTableError} when a field names a column that the table does not have.
 * @example
 * run.log({ curve: plotTable({ preset: 'wandb/line/v0', table, fields: { x: 'step', y: 'loss' }, texts: { title: 'Loss' } }) })
 */
export function plotTable({ preset, table, fields, texts = {}, splitTable = false }: PlotTableOptions): CustomChart {
  if (!(table instanceof Table)) {
    throw new InvalidTableError('A chart is drawn from a Table.', 'Make one: new Table({ columns, rows }).')
  }
  for (const [field, column] of Object.entries(fields)) {
    if (column === null || table.columns.includes(column)) continue
    throw new InvalidTableError(
      `Field "${field}" of the chart shows the column "${column}", which the table does not have.`,
      `Its columns are ${table.columns.join(', ')}.`,
    )
  }
  return new CustomChart(table, { id: preset, fields: { ...fields }, texts: { ...texts }, isTableSplit: splitTable })
}
