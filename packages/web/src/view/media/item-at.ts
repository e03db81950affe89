import type { MediaItem, MediaValue } from '@lossline/protocol'

/** An item of what was logged, by its place in the list; undefined: there is none, or it is no file. */
export function itemAt(value: MediaValue, index: number): MediaItem | undefined {
  return 'items' in value ? value.items[index] : undefined
}
