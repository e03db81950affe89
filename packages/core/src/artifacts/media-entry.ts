import type { ArtifactMediaFile } from '@lossline/journal'
import type { ArtifactFiles, KeepTarget } from './artifact-files.ts'
import { type DraftEntry, toContentEntry } from './draft-entries.ts'
import { toReferenceEntry } from './references/entry-reference.ts'

/** The entry for a file of a media value or table. @throws {@link ArtifactFileError} */
export async function toMediaEntry(
  { path, bytes }: ArtifactMediaFile,
  target: KeepTarget,
  files: ArtifactFiles,
): Promise<DraftEntry> {
  if (bytes instanceof Uint8Array) return toContentEntry(path, await files.keepBytes(bytes, target), false)
  if ('reference' in bytes) {
    const { uri, digest, sizeBytes } = bytes.reference
    return toReferenceEntry({ path, ref: uri, digest, sizeBytes, extra: {} })
  }
  const content = await files.keepFile({ path: bytes.sourcePath, policy: 'mutable', target })
  return toContentEntry(path, content, false)
}
