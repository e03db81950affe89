import type { MaterializedMedia } from '../media/materialize-media.ts'
import type { MediaItem } from '../media/media-snapshot.ts'
import type { LeafItem, RowItem } from '../media/row-item.ts'
import type { RecordLog } from './record-log.ts'

/** Writes the files of a media value that belongs to a step or the summary; `undefined` = it could not. */
export type Materialize = (item: MediaItem, step: number | 'summary') => MaterializedMedia | undefined

/** Media become leaves, or nothing where they could not be written; the records that belong to them are written at once. */
export function toLeaves(
  items: readonly RowItem[],
  step: number | 'summary',
  { log, materialize }: { readonly log: RecordLog; readonly materialize: Materialize | undefined },
): readonly LeafItem[] {
  if (items.every((item) => 'json' in item)) return items
  return items.flatMap((item) => {
    if ('json' in item) return [item]
    const media = materialize?.(item, step)
    for (const body of media?.records ?? []) log.append(body)
    return media?.leaves.map(({ path, json }) => ({ path: [...item.path, ...path], json })) ?? []
  })
}
