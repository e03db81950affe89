import type { HistoryRecord } from '../records/record-types.ts'
import { createPathTree, isJson } from '../run-state/path-tree.ts'

/**
 * The line of `wandb-history.jsonl` for a row. Values are taken over as they are written; an item whose value is not JSON
 * is left out, as W&B does.
 */
export function toHistoryLine({ item = [] }: HistoryRecord): string {
  if (item.some(({ nestedKey }) => nestedKey !== undefined && nestedKey.length > 1)) return toNestedLine(item)
  let line = ''
  for (const { key, nestedKey, valueJson = '' } of item) {
    if (!isJson(valueJson)) continue
    line += `${line === '' ? '{' : ','}${JSON.stringify(nestedKey?.[0] ?? key ?? '')}:${valueJson}`
  }
  return line === '' ? '{}' : `${line}}`
}

function toNestedLine(items: NonNullable<HistoryRecord['item']>): string {
  const tree = createPathTree()
  for (const { key = '', nestedKey = [], valueJson = '' } of items) {
    if (isJson(valueJson)) tree.set(nestedKey.length > 0 ? nestedKey : [key], valueJson)
  }
  return tree.toJson()
}
