import { rankByText } from '../palette/rank.ts'
import type { TableColumn } from './table-columns.ts'

/** How a text finds columns: by its words and their beginnings, as it stands, or as a regular expression. */
export const columnSearchKinds = ['fuzzy', 'exact', 'regex'] as const
export type ColumnSearchKind = (typeof columnSearchKinds)[number]

/** Columns that a text finds, or why it finds none. */
export type FoundColumns =
  | { readonly kind: 'found'; readonly columns: readonly TableColumn[] }
  | { readonly kind: 'problem'; readonly text: string }

/**
 * Finds columns by their keys. What tells of files is many keys that few want: it is found by name only.
 *
 * @param columns - In the order in which they are listed while nothing is searched for.
 */
export function findColumns(columns: readonly TableColumn[], search: string, kind: ColumnSearchKind): FoundColumns {
  const text = search.trim()
  if (text === '') return { kind: 'found', columns: columns.filter(({ isOfMedia }) => !isOfMedia) }
  if (kind === 'fuzzy') return { kind: 'found', columns: rankByText(columns, text, textOf) }
  if (kind === 'exact') return { kind: 'found', columns: columns.filter((column) => textOf(column).includes(text)) }
  try {
    const expression = new RegExp(text, 'iu')
    return { kind: 'found', columns: columns.filter((column) => expression.test(textOf(column))) }
  } catch (error) {
    return { kind: 'problem', text: error instanceof Error ? error.message : String(error) }
  }
}

function textOf({ key, title, namespace }: TableColumn): string {
  return namespace === undefined ? title : key
}
