import type { MediaSnapshot } from '@lossline/journal'
import type { ArtifactFiles, KeepTarget } from './artifact-files.ts'
import { type DraftEntry, toContentEntry } from './draft-entries.ts'
import { toReferenceEntry } from './references/entry-reference.ts'

/** The entries for the files of a media value or table; the last one describes it. @throws {@link ArtifactFileError} */
export async function toMediaEntries(
  media: { readonly snapshot: MediaSnapshot; readonly name: string; readonly target: KeepTarget },
  files: ArtifactFiles,
): Promise<DraftEntry[]> {
  const kept = await files.keepMedia(media)
  return kept.map((file) => {
    if ('content' in file) return toContentEntry(file.path, file.content, false)
    const { uri, digest, sizeBytes } = file.reference
    return toReferenceEntry({ path: file.path, ref: uri, digest, sizeBytes, extra: {} })
  })
}
