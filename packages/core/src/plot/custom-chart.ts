import type { ChartPreset } from '@lossline/protocol'
import type { OptionNames } from '../options/check-options.ts'
import type { Table } from '../table/table.ts'

const mark: unique symbol = Symbol.for('lossline.chart') as never

/** Options that all charts have. */
export interface ChartOptions {
  /** Text above the chart. Default: none, unless the chart says otherwise. */
  readonly title?: string | undefined
  /** Whether the page shows the table in a section "Custom Chart Tables". Default false. */
  readonly splitTable?: boolean | undefined
}

/** @internal */
export const chartOptionNames: OptionNames<ChartOptions> = { title: true, splitTable: true }

/**
 * A chart that the page draws from a table, by one of W&B's presets. Log it like a metric: its table goes into the row
 * as `<key>_table`, and how to draw it into the config. Made by `plot` and `plotTable`.
 */
export class CustomChart {
  readonly table: Table
  readonly preset: ChartPreset

  /** @internal */
  constructor(table: Table, preset: ChartPreset) {
    Object.defineProperty(this, mark, { value: true })
    this.table = table
    this.preset = preset
  }
}

/** Whether a value is a chart; also true for those of another copy of this package. */
export function isCustomChart(value: object): value is CustomChart {
  return mark in value
}
