import type { MediaItem } from './media-snapshot.ts'

/** One leaf of a row or of the summary: its path and its value as W&B's JSON. */
export interface LeafItem {
  readonly path: readonly string[]
  readonly json: string
}

/** Part of a row or of the summary: a leaf, or a media value that becomes leaves where the journal is written. */
export type RowItem = LeafItem | MediaItem
