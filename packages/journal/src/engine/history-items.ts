import { type HistoryItem, stringifyNumber } from '@lossline/protocol'
import { lineBytesMax } from '../line-limit.ts'
import type { LeafItem } from '../media/row-item.ts'
import type { PendingRow } from './pending-row.ts'

/** The items of a row's history record: its leaves, then the keys that the engine adds. */
export function toHistoryItems(
  { leaves, step }: PendingRow,
  timestampSeconds: number,
  runtimeSeconds: number,
): HistoryItem[] {
  const items: HistoryItem[] = []
  leaves.forEach((valueJson, path) => {
    items.push({ nestedKey: [...path], valueJson })
  })
  items.push(
    { nestedKey: ['_timestamp'], valueJson: stringifyNumber(timestampSeconds) },
    { nestedKey: ['_runtime'], valueJson: stringifyNumber(runtimeSeconds) },
    { nestedKey: ['_step'], valueJson: stringifyNumber(step) },
  )
  return items
}

/** Whether no server would take the row that these items make. */
export function isTooLarge(items: readonly HistoryItem[]): boolean {
  let textLength = 0
  for (const { nestedKey = [], valueJson = '' } of items) {
    textLength += valueJson.length
    for (const label of nestedKey) textLength += label.length + 4
  }
  // A UTF-16 unit takes at most six bytes, as an escape in a key; most rows need no exact count.
  if (textLength * 6 <= lineBytesMax) return false
  let bytes = 2
  for (const { nestedKey, valueJson } of items) {
    bytes += Buffer.byteLength(JSON.stringify(nestedKey)) + Buffer.byteLength(valueJson ?? '') + 1
  }
  return bytes > lineBytesMax
}

/** The values of a numeric row, which begin at `values[offset]`, as leaves. */
export function toLeafItems(paths: readonly (readonly string[])[], values: Float64Array, offset: number): LeafItem[] {
  return paths.map((path, index) => ({ path, json: stringifyNumber(values[offset + index] as number) }))
}
