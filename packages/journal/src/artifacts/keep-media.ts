import { artifactTableRowCountMax } from '@lossline/protocol'
import { encodeIntoArtifact } from '../media/encode-for-artifact.ts'
import type { MediaSnapshot } from '../media/media-snapshot.ts'
import type { ArtifactFileReference } from '../media/table-snapshot.ts'
import { ArtifactFileError, toArtifactFileError } from './artifact-error.ts'
import { keepFileSync } from './keep-file.ts'
import { type ContentDigests, hashBytes, keepHashedSync, stageBlobSync } from './staged-files.ts'
import { keepText } from './text-files.ts'

/** Which media value or table to keep, and where. */
export interface KeepMediaOptions {
  readonly snapshot: MediaSnapshot
  /** Path in the artifact, without the ending that says what it is. */
  readonly name: string
  /** Undefined: its files are only hashed. */
  readonly dataDirectory: string | undefined
  /** A run whose folder gets the contents too. */
  readonly runDirectory: string | undefined
}

/** A file of a media value in an artifact: a content that is kept, or a file of another artifact. */
export type KeptMediaFile =
  | { readonly path: string; readonly content: ContentDigests }
  | { readonly path: string; readonly reference: ArtifactFileReference }

/**
 * Encodes a media value or table for an artifact and keeps its files one by one, so that no more than one of them is in
 * memory. Synchronous: for a worker thread.
 *
 * @returns its files; the last one describes it.
 * @throws {@link ArtifactFileError}
 */
export function keepMediaSync({ snapshot, name, dataDirectory, runDirectory }: KeepMediaOptions): KeptMediaFile[] {
  if (snapshot.kind === 'table' && snapshot.rowCount > artifactTableRowCountMax) {
    throw tooManyRows(name, snapshot.rowCount)
  }
  const files = new Map<string, KeptMediaFile>()

  function stage(content: ContentDigests): ContentDigests {
    if (dataDirectory !== undefined && runDirectory !== undefined) {
      stageBlobSync({ runDirectory, dataDirectory, ...content })
    }
    return content
  }
  function keepBytes(bytes: Uint8Array): ContentDigests {
    const digests = hashBytes(bytes)
    if (dataDirectory !== undefined) keepHashedSync(bytes, { ...digests, dataDirectory, runDirectory })
    return digests
  }

  try {
    encodeIntoArtifact(snapshot, name, {
      addFile({ path, bytes }) {
        // Files are named by their contents: the same one again is the same.
        if (files.has(path)) return
        if (bytes instanceof Uint8Array) files.set(path, { path, content: keepBytes(bytes) })
        else if ('reference' in bytes) files.set(path, { path, reference: bytes.reference })
        else {
          const source = { path: bytes.sourcePath, dataDirectory, runDirectory, policy: 'mutable' } as const
          const { md5Base64, sha256Hex, sizeBytes } = keepFileSync(source)
          files.set(path, { path, content: { md5Base64, sha256Hex, sizeBytes } })
        }
      },
      addText(path, pieces) {
        const content = stage(keepText(dataDirectory, pieces))
        // Last, also if there is a file of that name.
        files.delete(path)
        files.set(path, { path, content })
      },
    })
  } catch (error) {
    throw toArtifactFileError(pathOf(error) ?? name, error)
  }
  return [...files.values()]
}

/** What is left out of a table in a run is counted and said; a caller who waits for the artifact can be told at once. */
function tooManyRows(name: string, rowCount: number): ArtifactFileError {
  return new ArtifactFileError({
    code: 'artifact-file-unsupported',
    path: name,
    message: `The table "${name}" has ${rowCount} rows, more than the ${artifactTableRowCountMax} that an artifact's table holds.`,
    hint: 'Split it into several tables, or add it as a file of another format.',
  })
}

/** The file that an error of the file system is about. */
function pathOf(error: unknown): string | undefined {
  return error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : undefined
}
