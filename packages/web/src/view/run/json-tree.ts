import type { StrictJson, StrictJsonObject } from '@lossline/protocol'
import { formatNumber } from '../text/format.ts'
import { compareNatural } from '../text/natural-order.ts'

/** One line of a config or summary tree. */
export interface TreeRow {
  /** Labels from the root; unique in the tree. */
  readonly path: readonly string[]
  readonly label: string
  readonly depth: number
  /** Undefined for a dictionary, whose members follow as rows of their own. */
  readonly value: StrictJson | undefined
}

/** Rows of a dictionary in natural order. With a search: what matches by path or value, and the dictionaries above it. */
export function toTreeRows(root: StrictJsonObject, search = ''): readonly TreeRow[] {
  return collect(root, [], search.trim().toLowerCase())
}

function collect(node: StrictJsonObject, above: readonly string[], search: string): TreeRow[] {
  const rows: TreeRow[] = []
  for (const label of Object.keys(node).sort(compareNatural)) {
    const value = node[label] as StrictJson
    const path = [...above, label]
    const row = { path, label, depth: above.length }
    if (!isDictionary(value)) {
      if (matches(path, value, search)) rows.push({ ...row, value })
      continue
    }
    // A dictionary that matches by name brings everything below it.
    const below = collect(value, path, path.join('.').toLowerCase().includes(search) ? '' : search)
    if (below.length > 0) rows.push({ ...row, value: undefined }, ...below)
    else if (search === '') rows.push({ ...row, value: {} })
  }
  return rows
}

/** A leaf in short: numbers of six digits, the rest as in full. */
export function formatLeafInShort(value: StrictJson): string {
  return typeof value === 'number' ? formatNumber(value, 6) : formatLeaf(value)
}

/** A leaf in full: text without quotes, the rest as JSON. */
export function formatLeaf(value: StrictJson): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function matches(path: readonly string[], value: StrictJson, search: string): boolean {
  return search === '' || `${path.join('.')} ${formatLeaf(value)}`.toLowerCase().includes(search)
}

/** Whether a value has members by name. */
export function isDictionary(value: StrictJson): value is StrictJsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
