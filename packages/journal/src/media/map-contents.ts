import type { RowItem } from '../engine/messages.ts'
import { mapTableContents } from '../tables/map-table.ts'
import type { FileMediaSnapshot, ImageSnapshot, MediaContent, MediaSnapshot } from './media-snapshot.ts'

/** Makes a content of another one of the same kind. */
export type ChangeContent = <Content extends MediaContent>(content: Content) => Content

/** Replaces each content in a media value by what `change` makes of it. */
export function mapContents<Snapshot extends MediaSnapshot>(snapshot: Snapshot, change: ChangeContent): Snapshot
export function mapContents(snapshot: MediaSnapshot, change: ChangeContent): MediaSnapshot {
  switch (snapshot.kind) {
    case 'image':
      return mapImage(snapshot, change)
    case 'batch':
      return snapshot.of === 'image'
        ? { ...snapshot, items: snapshot.items.map((item) => mapImage(item, change)) }
        : { ...snapshot, items: snapshot.items.map((item) => mapFile(item, change)) }
    case 'list':
      return { ...snapshot, items: snapshot.items.map((item) => mapContents(item, change)) }
    case 'histogram':
      return { ...snapshot, content: change(snapshot.content) }
    case 'json':
    case 'table-repeat':
    case 'reference':
    case 'artifact-value':
      return snapshot
    case 'table':
      return mapTableContents(snapshot, change, (media) => mapContents(media, change))
    default:
      return mapFile(snapshot, change)
  }
}

/** The same for the media in a row. */
export function mapItems(items: readonly RowItem[], change: ChangeContent): RowItem[] {
  return items.map((item) => ('media' in item ? { ...item, media: mapContents(item.media, change) } : item))
}

function mapImage(image: ImageSnapshot, change: ChangeContent): ImageSnapshot {
  const { content, masks } = image
  return {
    ...image,
    content: change(content),
    ...(masks === undefined ? {} : { masks: masks.map((mask) => ({ ...mask, content: change(mask.content) })) }),
  }
}

function mapFile(media: FileMediaSnapshot, change: ChangeContent): FileMediaSnapshot {
  return { ...media, content: change(media.content) }
}
