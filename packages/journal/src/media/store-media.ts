import type { JsonObject } from '@lossline/protocol'
import type { MediaConversion } from './media-conversion.ts'
import type { MediaContent } from './media-snapshot.ts'

/** What {@link storeMedia} writes. */
export interface MediaFileParts {
  /** `_type` of the object. */
  readonly type: string
  readonly folder: string
  readonly extension: string
  readonly content: MediaContent
  readonly caption?: string | undefined
}

/** Writes a file, notes its record, and returns the object that every media value begins with. */
export function storeMedia(parts: MediaFileParts, { files, key, step, records }: MediaConversion): JsonObject {
  const { type, folder, extension, content, caption } = parts
  const { path, sha256, sizeBytes } = files.store(content, { folder, extension, key, place: String(step) })
  records.push({ kind: 'files', files: { files: [{ path }] } })
  return { ...(caption === undefined ? {} : { caption }), _type: type, sha256, size: sizeBytes, path }
}
