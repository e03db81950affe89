import type { JsonValue } from '@lossline/protocol'
import type { FlatRow } from './flatten-row.ts'

/**
 * What a column holds besides missing values: numbers, texts, booleans, or `json`, anything and everything as JSON text.
 * `integer` is for columns that always are whole numbers, such as `_step`.
 */
export type ColumnKind = 'number' | 'integer' | 'text' | 'boolean' | 'json'

/** A column of a table that is written. */
export interface Column {
  readonly name: string
  readonly kind: ColumnKind
}

/** Learns the columns of a table while its rows pass by. */
export interface ColumnKinds {
  note(row: FlatRow): void
  /** Columns that were there from the start, then those that were found, sorted. */
  columns(): Column[]
}

/** @param first - Names of the columns that come first, in this order, also when no row has them. */
export function createColumnKinds(first: readonly string[]): ColumnKinds {
  const kinds = new Map<string, ColumnKind | undefined>(first.map((name) => [name, undefined]))
  return {
    note(row) {
      for (const [name, value] of row) {
        if (value === null) {
          if (!kinds.has(name)) kinds.set(name, undefined)
          continue
        }
        const kind = kindOf(value, name)
        const before = kinds.get(name)
        kinds.set(name, before === undefined || before === kind ? kind : 'json')
      }
    },
    columns() {
      const found = [...kinds.keys()].filter((name) => !first.includes(name)).sort()
      return [...first, ...found].map((name) => ({ name, kind: kinds.get(name) ?? 'text' }))
    },
  }
}

function kindOf(value: JsonValue, name: string): ColumnKind {
  switch (typeof value) {
    case 'number':
      // Steps are whole; a metric that happens to be whole so far need not stay so.
      return name === '_step' && Number.isSafeInteger(value) ? 'integer' : 'number'
    case 'string':
      return 'text'
    case 'boolean':
      return 'boolean'
    default:
      return 'json'
  }
}
