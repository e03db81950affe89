import { type Json, type JsonObject, listAt, objectAt, withKeys, withObject } from './json.ts'
import { readRunSetKey, writeRunSetKey } from './run-set-keys.ts'

/** The columns that W&B's runs table was told to show, pinned ones first; undefined where nobody has chosen. */
export function readRunSetColumns(runSet: JsonObject): readonly string[] | undefined {
  const feed = objectAt(runSet, 'runFeed')
  const isTrue = (key: 'columnPinned' | 'columnVisible', column: string): boolean =>
    objectAt(feed, key)[column] === true
  const known = [
    ...listAt(feed, 'columnOrder').filter((column) => typeof column === 'string'),
    ...Object.keys(objectAt(feed, 'columnPinned')),
    ...Object.keys(objectAt(feed, 'columnVisible')),
  ]
  const chosen = [...new Set(known)].filter(
    (column) => isTrue('columnPinned', column) || isTrue('columnVisible', column),
  )
  const pinnedFirst = [
    ...chosen.filter((column) => isTrue('columnPinned', column)),
    ...chosen.filter((column) => !isTrue('columnPinned', column)),
  ]
  // The name is always there.
  const columns = pinnedFirst.flatMap((column) => readColumn(column) ?? []).filter((key) => key !== 'run.name')
  return columns.length === 0 ? undefined : columns
}

/** Tells W&B's runs table which columns to show, in their order; undefined takes back what was chosen. What is pinned there stays so while it is shown. */
export function writeRunSetColumns(runSet: JsonObject, columns: readonly string[] | undefined): JsonObject {
  const shown = (columns ?? []).flatMap((key) => writeColumn(key) ?? [])
  return withObject(runSet, 'runFeed', (feed) => {
    const without = (key: 'columnPinned' | 'columnVisible'): JsonObject =>
      Object.fromEntries(
        Object.entries(objectAt(feed, key)).map(([column, value]) => {
          const isOurs = readColumn(column) !== undefined && readColumn(column) !== 'run.name'
          return [column, isOurs && !shown.includes(column) ? false : value]
        }),
      )
    const visible = { ...without('columnVisible'), ...Object.fromEntries(shown.map((column) => [column, true])) }
    const others = listAt(feed, 'columnOrder').filter(
      (column) => typeof column === 'string' && !shown.includes(column) && visible[column] !== false,
    )
    return withKeys(feed, {
      columnVisible: visible,
      columnOrder: [...others.filter(isName), ...shown, ...others.filter((column) => !isName(column))],
      ...(feed.columnPinned === undefined ? {} : { columnPinned: without('columnPinned') }),
    })
  })
}

function isName(column: Json): boolean {
  return column === 'run:displayName'
}

/** W&B's `config:lr`, `run:displayName`, as `config.lr`, `run.name`; undefined for what runs do not have here. */
export function readColumn(column: string): string | undefined {
  const colon = column.indexOf(':')
  return colon < 0 ? undefined : readRunSetKey({ section: column.slice(0, colon), name: column.slice(colon + 1) })
}

/** The other way round. */
export function writeColumn(key: string): string | undefined {
  const theirs = writeRunSetKey(key)
  return theirs && `${theirs.section}:${theirs.name}`
}
