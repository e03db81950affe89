import { type ColumnSettings, columnWidthMax, columnWidthMin, type RunsTableSettings } from '../runs/column-settings.ts'
import { parseNumberFormat, stringifyNumberFormat } from '../runs/number-format.ts'
import {
  booleanAt,
  isSameJson,
  type Json,
  type JsonObject,
  numberAt,
  objectAt,
  textAt,
  withKeys,
  withObject,
} from './json.ts'
import { ownKey } from './panel-settings.ts'
import { readColumn, writeColumn } from './run-set-columns.ts'

/**
 * How a set of runs shows its columns. W&B has words for widths and pins; formats and directions, and what concerns
 * columns that W&B does not have, stand beside them under our own key.
 */
export function readRunsTable(runSet: JsonObject): RunsTableSettings {
  const feed = objectAt(runSet, 'runFeed')
  const [widths, pins] = [objectAt(feed, 'columnWidths'), objectAt(feed, 'columnPinned')]
  const ours = objectAt(feed, ownKey)
  const own = objectAt(ours, 'columns')
  const keys = [...Object.keys(widths), ...Object.keys(pins)].flatMap((column) => readColumn(column) ?? [])
  const columns = new Map(
    [...new Set([...keys, ...Object.keys(own)])].flatMap((key) => {
      const column = writeColumn(key)
      const said = objectAt(own, key)
      const width = column === undefined ? numberAt(said, 'width') : numberAt(widths, column)
      const isPinned = column === undefined ? booleanAt(said, 'isPinned') : booleanAt(pins, column)
      const format = parseNumberFormat(textAt(said, 'format') ?? '')
      const better = (['higher', 'lower', 'none'] as const).find((one) => one === textAt(said, 'better'))
      const settings: ColumnSettings = {
        ...(width !== undefined && width >= columnWidthMin && width <= columnWidthMax && { width }),
        // The name is always there and first.
        ...(isPinned === true && key !== 'run.name' && { isPinned }),
        ...(format && { format }),
        ...(better && { better }),
      }
      return Object.keys(settings).length === 0 ? [] : [[key, settings] as const]
    }),
  )
  return { columns, hasConstants: booleanAt(ours, 'hasConstants') ?? false }
}

/** The set with what has changed of the settings of columns; what W&B says of columns that are not known here stays. */
export function writeRunsTable(runSet: JsonObject, settings: RunsTableSettings, before: RunsTableSettings): JsonObject {
  if (isSameRunsTable(settings, before)) return runSet
  const keys = [...new Set([...before.columns.keys(), ...settings.columns.keys()])]
  const theirs = <T extends Json>(read: (column: ColumnSettings) => T | undefined, off: T | undefined) =>
    Object.fromEntries(
      keys.flatMap((key) => {
        const column = writeColumn(key)
        const [was, is] = [read(before.columns.get(key) ?? {}), read(settings.columns.get(key) ?? {})]
        return column === undefined || was === is ? [] : [[column, is ?? off]]
      }),
    )
  const own = Object.fromEntries(keys.map((key) => [key, toOwn(key, settings.columns.get(key) ?? {})]))
  return withObject(runSet, 'runFeed', (feed) => {
    const sized = withObject(feed, 'columnWidths', (widths) =>
      withKeys(
        widths,
        theirs(({ width }) => width, undefined),
      ),
    )
    const pinned = withObject(sized, 'columnPinned', (pins) =>
      withKeys(
        pins,
        theirs(({ isPinned }) => isPinned, false),
      ),
    )
    return withObject(pinned, ownKey, (ours) =>
      withKeys(
        withObject(ours, 'columns', (columns) => withKeys(columns, own)),
        settings.hasConstants === before.hasConstants ? {} : { hasConstants: settings.hasConstants || undefined },
      ),
    )
  })
}

/** Whether two of them say the same. */
export function isSameRunsTable(a: RunsTableSettings, b: RunsTableSettings): boolean {
  return a === b || isSameJson(toJson(a), toJson(b))
}

/** What W&B has no word for; undefined: nothing. */
function toOwn(key: string, { width, isPinned, format, better }: ColumnSettings): JsonObject | undefined {
  const isTheirs = writeColumn(key) !== undefined
  const own = {
    ...(!isTheirs && width !== undefined && { width }),
    ...(!isTheirs && isPinned !== undefined && { isPinned }),
    ...(format && { format: stringifyNumberFormat(format) }),
    ...(better && { better }),
  }
  return Object.keys(own).length === 0 ? undefined : own
}

function toJson({ columns, hasConstants }: RunsTableSettings): JsonObject {
  const said = [...columns].map(([key, { format, ...rest }]) => [
    key,
    { ...rest, ...(format && { format: stringifyNumberFormat(format) }) } as JsonObject,
  ])
  return { columns: Object.fromEntries(said), hasConstants }
}
