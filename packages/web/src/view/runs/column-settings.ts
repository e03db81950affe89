import type { NumberFormat } from './number-format.ts'
import type { TableColumn } from './table-columns.ts'

/** Which values of a metric are good. */
export type Direction = 'higher' | 'lower'

/** How a column of the runs table is shown; what is left out is as the page has it. */
export interface ColumnSettings {
  /** CSS pixels. */
  readonly width?: number | undefined
  /** It comes before those that are not. */
  readonly isPinned?: boolean | undefined
  /** Of its numbers. */
  readonly format?: NumberFormat | undefined
  /** `none`: neither, whatever the metric's definition says. */
  readonly better?: Direction | 'none' | undefined
}

/** How a table of runs is shown. */
export interface RunsTableSettings {
  /** Of the columns that have any, by key. */
  readonly columns: ReadonlyMap<string, ColumnSettings>
  /** Columns that come by themselves are also those that all runs have the same value of. */
  readonly hasConstants: boolean
}

/** A table that nobody has changed. */
export const usualRunsTable: RunsTableSettings = { columns: new Map(), hasConstants: false }

/** What a column may be made narrow and wide to. */
export const columnWidthMin = 56
export const columnWidthMax = 800
/** A step of `Wider` and `Narrower`. */
export const columnWidthStep = 32

/** A width that a column can have. */
export function toColumnWidth(pixels: number): number {
  return Math.round(Math.min(columnWidthMax, Math.max(columnWidthMin, pixels)))
}

/** The settings with one column's changed; undefined takes back what was said. */
export function withColumnSettings(settings: RunsTableSettings, key: string, patch: ColumnSettings): RunsTableSettings {
  const said = Object.entries({ ...settings.columns.get(key), ...patch }).filter(([, value]) => value !== undefined)
  const columns = new Map(settings.columns)
  if (said.length === 0) columns.delete(key)
  else columns.set(key, Object.fromEntries(said))
  return { ...settings, columns }
}

/** Columns as their settings say, pinned ones first. @param better - What definitions of metrics say is good, by key. */
export function applyColumnSettings(
  columns: readonly TableColumn[],
  settings: RunsTableSettings,
  better: ReadonlyMap<string, Direction>,
): readonly TableColumn[] {
  const applied = columns.map((column): TableColumn => {
    const { width = column.width, isPinned = false, format, better: said } = settings.columns.get(column.key) ?? {}
    const direction = said === 'none' ? undefined : (said ?? better.get(column.key))
    return { ...column, width, isPinned, ...(format && { format }), ...(direction && { better: direction }) }
  })
  return [...applied.filter(({ isPinned }) => isPinned), ...applied.filter(({ isPinned }) => !isPinned)]
}

/** The order of keys after one was put where another is: behind it if it came from the left, else before it. */
export function moveKey(keys: readonly string[], moved: string, target: string): readonly string[] {
  const [from, to] = [keys.indexOf(moved), keys.indexOf(target)]
  if (from < 0 || to < 0 || from === to) return keys
  return keys.toSpliced(from, 1).toSpliced(to, 0, moved)
}
