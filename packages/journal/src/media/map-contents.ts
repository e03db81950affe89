import { mapTableContents } from './map-table.ts'
import type { FileMediaSnapshot, ImageSnapshot, MediaContent, MediaSnapshot } from './media-snapshot.ts'
import type { RowItem } from './row-item.ts'
import type { ArtifactValueSnapshot } from './table-snapshot.ts'

/** Makes a content of another one of the same kind. */
export type ChangeContent = <Content extends MediaContent>(content: Content) => Content

/** Told of a cell of a table whose media cannot be changed, by the name of its column; the cell becomes null. */
export type OnCellFailure = (column: string, error: unknown) => void

/**
 * Replaces each content in a media value by what `change` makes of it.
 *
 * @param onCellFailure - Default: what `change` throws for a cell of a table is thrown.
 */
export function mapContents<Snapshot extends MediaSnapshot>(
  snapshot: Snapshot,
  change: ChangeContent,
  onCellFailure?: OnCellFailure,
): Snapshot
export function mapContents(
  snapshot: MediaSnapshot,
  change: ChangeContent,
  onCellFailure?: OnCellFailure,
): MediaSnapshot {
  switch (snapshot.kind) {
    case 'image':
      return mapImage(snapshot, change)
    case 'batch':
      return snapshot.of === 'image'
        ? { ...snapshot, items: snapshot.items.map((item) => mapImage(item, change)) }
        : { ...snapshot, items: snapshot.items.map((item) => mapFile(item, change)) }
    case 'list':
      return { ...snapshot, items: snapshot.items.map((item) => mapContents(item, change, onCellFailure)) }
    case 'histogram':
      return { ...snapshot, content: change(snapshot.content) }
    case 'json':
    case 'table-repeat':
    case 'reference':
      return snapshot
    case 'artifact-value':
      return mapArtifactValue(snapshot, change)
    case 'table':
      return mapTableContents(snapshot, { change, mapMedia: (media) => mapContents(media, change), onCellFailure })
    default:
      return mapFile(snapshot, change)
  }
}

function mapArtifactValue(value: ArtifactValueSnapshot, change: ChangeContent): ArtifactValueSnapshot {
  const { tables } = value
  if (tables === undefined) return value
  return { ...value, tables: tables.map((named) => ({ ...named, table: mapContents(named.table, change) })) }
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
