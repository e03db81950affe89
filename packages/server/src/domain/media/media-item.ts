import type { JsonObject, MediaItem } from '@lossline/protocol'

/** A file as an item: where it is, what it is called, what it says below itself. */
export function toMediaItem(json: JsonObject, urlOf: (path: string) => string): MediaItem {
  const path = typeof json.path === 'string' ? json.path : ''
  const { caption } = json
  return {
    url: urlOf(path),
    name: path.slice(path.lastIndexOf('/') + 1),
    ...(typeof caption === 'string' && caption !== '' ? { caption } : {}),
  }
}
