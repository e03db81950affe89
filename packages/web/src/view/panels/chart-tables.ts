import type { RunImportanceResponse, RunSummary, StrictJson } from '@lossline/protocol'
import type { ChartRow } from '../vega/chart-rows.ts'
import type { PanelTable } from './panel-table.ts'

/** Parallel coordinates: a row for each run, a column for each axis. */
export function parallelTable(
  titles: readonly string[],
  runs: readonly Pick<RunSummary, 'runId' | 'displayName'>[],
  values: ReadonlyMap<string, readonly StrictJson[]>,
): PanelTable {
  return {
    columns: ['Run', ...titles],
    rows: runs.map((run) => [run.displayName, ...titles.map((_, index) => toCell(values.get(run.runId)?.[index]))]),
  }
}

/** What a number is owed to: a row for each parameter. */
export function importanceTable({ parameters }: Pick<RunImportanceResponse, 'parameters'>): PanelTable {
  return {
    columns: ['Parameter', 'Importance', 'Correlation'],
    rows: parameters.map(({ key, importance, correlation }) => [key, importance, correlation ?? '']),
  }
}

/** Fields that every row has besides its data. */
const addedFields: readonly string[] = ['id', 'color', '_defaultColorIndex']

/** What a custom chart is drawn from: its rows, under every name that one of them has. Undefined: there are none. */
export function chartRowsTable(rows: readonly ChartRow[]): PanelTable | undefined {
  const names = [...new Set(rows.flatMap(Object.keys))].filter((name) => !addedFields.includes(name))
  if (rows.length === 0) return undefined
  return {
    columns: names.map((name) => (name === 'name' ? 'Run' : name)),
    rows: rows.map((row) => names.map((name) => toCell(row[name]))),
  }
}

function toCell(value: StrictJson | undefined): string | number {
  if (typeof value === 'number' || typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
