import { artifactTableRowCountMax, toArtifactTableText } from '@lossline/protocol'
import { findSerializedColumns, type SerializedColumn } from './array-columns.ts'
import type { ArtifactMedia, ArtifactMediaFile } from './encode-for-artifact.ts'
import type { MediaSnapshot } from './media-snapshot.ts'
import type { TableSnapshot } from './table-snapshot.ts'

/** Where the files go that a table names. */
export interface TableFileTarget {
  /** Encodes the media of a cell. */
  encodeCell(media: MediaSnapshot, onWork: () => void): ArtifactMedia
  addFile(file: ArtifactMediaFile): void
  /** Called now and then while it takes long. */
  onWork?(): void
}

/**
 * Encodes a table for an artifact, piece by piece. Reading the pieces gives the files of its cells to the target; long
 * arrays become files of their own at once.
 */
export function encodeTable(table: TableSnapshot, target: TableFileTarget): Iterable<string> {
  const { columns, logMode, increment } = table
  const rowCount = Math.min(table.rowCount, artifactTableRowCountMax)
  const onWork = () => target.onWork?.()
  const serialized: readonly SerializedColumn[] = findSerializedColumns(columns, rowCount)
  for (const { path, encode } of serialized) target.addFile({ path, bytes: encode(onWork) })
  return toArtifactTableText<MediaSnapshot>(columns, rowCount, {
    logMode,
    ...(increment === undefined
      ? {}
      : { increment: { number: increment.number, previousPaths: increment.previousPaths } }),
    serializedColumns: new Map(serialized.map(({ name, type }) => [name, type])),
    toMediaJson: ({ media }) => {
      const { value, files } = target.encodeCell(media, onWork)
      for (const file of files) target.addFile(file)
      return value
    },
  })
}
