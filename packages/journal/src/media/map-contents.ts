import type { RowItem } from '../engine/messages.ts'
import type { ImageSnapshot, JsonSnapshot, MediaContent, MediaSnapshot } from './media-snapshot.ts'

/** Replaces each content in a media value by what `change` makes of it. */
export function mapContents(snapshot: MediaSnapshot, change: (content: MediaContent) => MediaContent): MediaSnapshot {
  switch (snapshot.kind) {
    case 'image':
      return mapImage(snapshot, change)
    case 'batch':
      return { ...snapshot, items: snapshot.items.map((item) => mapImage(item, change)) }
    case 'list':
      return { ...snapshot, items: snapshot.items.map((item) => mapMember(item, change)) }
    default:
      return assertNever(snapshot)
  }
}

/** The same for the media in a row. */
export function mapItems(items: readonly RowItem[], change: (content: MediaContent) => MediaContent): RowItem[] {
  return items.map((item) => ('media' in item ? { ...item, media: mapContents(item.media, change) } : item))
}

function mapImage(image: ImageSnapshot, change: (content: MediaContent) => MediaContent): ImageSnapshot {
  return { ...image, content: change(image.content) }
}

function mapMember(
  member: MediaSnapshot | JsonSnapshot,
  change: (content: MediaContent) => MediaContent,
): MediaSnapshot | JsonSnapshot {
  return member.kind === 'json' ? member : mapContents(member, change)
}

function assertNever(value: never): never {
  throw new Error(`Unknown media ${JSON.stringify(value)}`)
}
