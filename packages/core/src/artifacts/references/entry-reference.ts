import { normalizeEntryPath } from '@lossline/protocol'
import type { ArtifactEntry, DraftEntry } from '../draft-entries.ts'
import { lastPart, type Reference, referenceError } from './reference.ts'

/** A reference to a file of another version. One that is a reference itself is passed on, so that no chain comes of it. */
export function referToEntry(entry: ArtifactEntry, name: string | undefined): Reference {
  const path = name ?? lastPart(entry.path)
  const { digest, extra, sizeBytes } = entry
  if (entry.ref !== undefined) return { path, ref: entry.ref, digest, sizeBytes, extra }
  if (entry.uri !== undefined) return { path, ref: entry.uri, digest, sizeBytes: 0, extra: {} }
  throw referenceError(`"${entry.path}"`, 'its artifact has not been logged')
}

export function toReferenceEntry({ path, digest, ref, extra, sizeBytes }: Reference): DraftEntry {
  return {
    ...{ path: normalizeEntryPath(path), digest, sizeBytes, ref, extra },
    ...{ uri: undefined, content: undefined, birthArtifactId: undefined, skipCache: false },
  }
}
