import { createLeafTree, isAutomaticKey, jsonToNumber, type LeafTree } from '@lossline/protocol'
import type { LeafItem } from '../media/row-item.ts'

/** A row that more may be merged into until its step ends. */
export interface PendingRow {
  readonly step: number
  /** Time of the last call that was merged in, Unix milliseconds. */
  timeMs: number
  /** The values as JSON. */
  readonly leaves: LeafTree<string>
  /** A `_timestamp` that the user logged; it is kept instead of the time of the call. */
  userTimestampSeconds: number | undefined
}

/** Makes a row without values. */
export function createPendingRow(step: number, timeMs: number): PendingRow {
  return { step, timeMs, leaves: createLeafTree(), userTimestampSeconds: undefined }
}

/** Merges items in; a later value of a path wins, and so does a later leaf over a subtree or the other way round. */
export function mergeItems(row: PendingRow, items: readonly LeafItem[]): void {
  for (const { path, json } of items) {
    if (path.length === 1 && isAutomaticKey(path[0] as string)) {
      if (path[0] === '_timestamp') row.userTimestampSeconds = jsonToNumber(json) ?? row.userTimestampSeconds
      continue
    }
    row.leaves.set(path, json)
  }
}
