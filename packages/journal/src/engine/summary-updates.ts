import { encodeKeyPath, type Summary } from '@lossline/protocol'
import type { LeafItem, RowItem } from '../media/row-item.ts'
import type { RecordLog } from './record-log.ts'

/**
 * Changes the summary as its user says, and writes that down.
 *
 * @param items - What is set, as it was given.
 * @param update - The same as leaves.
 * @param remove - Paths whose values are removed with all below them.
 */
export function updateSummary(
  { summary, log }: { readonly summary: Summary; readonly log: RecordLog },
  items: readonly RowItem[],
  update: readonly LeafItem[],
  remove: readonly (readonly string[])[],
): void {
  const given = new Set(update.map(({ path }) => encodeKeyPath(path)))
  // A picture that takes the place of another one may have fewer fields.
  const stale = items.flatMap((item) =>
    'json' in item ? [] : summary.removeBelow(item.path, (path) => given.has(encodeKeyPath(path))),
  )
  for (const { path, json } of update) summary.setExplicit(path, json)
  const removed = [...remove.flatMap((path) => summary.remove(path)), ...stale]
  log.append({
    kind: 'summary',
    summary: {
      update: update.map(({ path, json }) => ({ nestedKey: path, valueJson: json })),
      remove: removed.map((path) => ({ nestedKey: path, valueJson: '' })),
    },
  })
}
