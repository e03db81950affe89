import type { HistoryRecord } from '../records/record-types.ts'
import { createPathTree, isJson } from '../run-state/path-tree.ts'

/**
 * The line of `wandb-history.jsonl` for a row. Values are taken over as they are written; an item whose value is not JSON
 * is left out, as W&B does.
 */
export function toHistoryLine({ item = [] }: HistoryRecord): string {
  if (item.some(({ nestedKey }) => nestedKey !== undefined && nestedKey.length > 1)) return toNestedLine(item)
  const members: string[] = []
  for (const { key, nestedKey, valueJson = '' } of item) {
    if (isJson(valueJson)) members.push(JSON.stringify(nestedKey?.[0] ?? key ?? ''), ':', valueJson, ',')
  }
  members.pop()
  // Joined and not added up: a sender keeps tens of thousands of lines, and a text that was added up is a tree of its parts.
  return `{${members.join('')}}`
}

function toNestedLine(items: NonNullable<HistoryRecord['item']>): string {
  const tree = createPathTree()
  for (const { key = '', nestedKey = [], valueJson = '' } of items) {
    if (isJson(valueJson)) tree.set(nestedKey.length > 0 ? nestedKey : [key], valueJson)
  }
  return tree.toJson()
}
