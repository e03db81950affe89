import type { JsonObject, JsonValue, WandbRecordBody } from '@lossline/protocol'
import { isJsonObject, parseJson, stringifyJson } from '@lossline/protocol'
import { fileMediaBatchToJson, fileMediaToJson } from './file-media-json.ts'
import { histogramToJson } from './histogram-json.ts'
import { imagesToJson, imageToJson } from './image-json.ts'
import type { MediaContext, MediaConversion } from './media-conversion.ts'
import type { MediaSnapshot } from './media-snapshot.ts'
import type { LeafItem } from './row-item.ts'
import { stagedPathsOf } from './stage-media.ts'
import { referenceToJson, tableToJson } from './table-json.ts'

/** What a media value is in the journal. */
export interface MaterializedMedia {
  /** The leaves of the value, with paths relative to the value's. */
  readonly leaves: readonly LeafItem[]
  /** Records that come before the row. */
  readonly records: readonly WandbRecordBody[]
}

/**
 * Encodes a media value, writes its files, and says what its row holds.
 *
 * @throws what the file system throws.
 */
export function materializeMedia(snapshot: MediaSnapshot, context: MediaContext): MaterializedMedia {
  const conversion: MediaConversion = { ...context, records: [] }
  // Also those of a value that cannot be encoded or written: nobody asks for it again.
  context.files.noteStaged(stagedPathsOf(snapshot))
  const value = toJson(snapshot, conversion)
  return { leaves: toLeaves(value), records: withoutRepeats(conversion.records) }
}

function toJson(snapshot: MediaSnapshot, conversion: MediaConversion): JsonValue {
  switch (snapshot.kind) {
    case 'json':
      return parseJson(snapshot.json)
    case 'list':
      return snapshot.items.map((item) => toJson(item, conversion))
    case 'image':
      return imageToJson(snapshot, conversion)
    case 'histogram':
      return histogramToJson(snapshot)
    case 'batch':
      return snapshot.of === 'image'
        ? imagesToJson(snapshot.items, conversion)
        : fileMediaBatchToJson(snapshot.of, snapshot.items, conversion)
    case 'reference':
      return referenceToJson(snapshot)
    case 'artifact-value':
      throw new Error(`A ${snapshot.type} belongs into an artifact: artifact.add(value, name).`)
    case 'table':
    case 'table-repeat':
      return tableToJson(snapshot, conversion)
    default:
      return fileMediaToJson(snapshot, conversion)
  }
}

/** Objects become paths, everything else is a leaf. */
function toLeaves(value: JsonValue, path: readonly string[] = []): LeafItem[] {
  if (!isJsonObject(value)) return [{ path, json: stringifyJson(value) }]
  return Object.entries(value as JsonObject).flatMap(([label, member]) =>
    member === undefined ? [] : toLeaves(member, [...path, label]),
  )
}

/** The same content under the same key is one file, and needs one record. */
function withoutRepeats(records: readonly WandbRecordBody[]): WandbRecordBody[] {
  const seen = new Set<string>()
  return records.filter((record) => {
    const path = record.kind === 'files' ? record.files.files?.[0]?.path : undefined
    if (path === undefined) return true
    if (seen.has(path)) return false
    seen.add(path)
    return true
  })
}
