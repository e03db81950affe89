import { resolve } from 'node:path'
import { blobPathOf } from './content-paths.ts'
import { keepFiles } from './content-pool.ts'
import type { FilePolicy } from './keep-file.ts'
import { type ContentDigests, isFileOfSize, stageBlobSync } from './staged-files.ts'
import { openStatIndex, type StatIndex } from './stat-index.ts'
import { createTurns } from './turns.ts'
import { type DirectoryNotice, type WalkDirectoryOptions, type WalkedFile, walkDirectory } from './walk-directory.ts'

/** Which folder to keep, and where. */
export interface KeepDirectoryOptions extends WalkDirectoryOptions {
  /** Undefined: the files are only hashed. */
  readonly dataDirectory: string | undefined
  /** A run whose folder gets the contents too. */
  readonly runDirectory: string | undefined
  readonly policy: FilePolicy
}

/** A folder whose contents are kept. */
export interface KeptDirectory {
  readonly files: readonly (ContentDigests & { readonly name: string })[]
  /** How many files were known from the last time and not read. */
  readonly reusedCount: number
  readonly notices: readonly DirectoryNotice[]
}

/**
 * Keeps the contents of a folder. Files that are as they were the last time are not read again.
 *
 * @throws {@link ArtifactFileError}
 */
export async function keepDirectory(options: KeepDirectoryOptions): Promise<KeptDirectory> {
  const { dataDirectory, runDirectory, policy } = options
  const { files, notices } = await walkDirectory(options)
  const index = dataDirectory === undefined ? undefined : openStatIndex(dataDirectory, resolve(options.path))
  const digests = new Array<ContentDigests>(files.length)
  const unknown = await reuseKnown(files, digests, index, options)
  const readStartMs = Date.now()
  const requests = unknown.map((position) => {
    const { path, identity } = files[position] as WalkedFile
    return { path, sizeBytes: identity.sizeBytes, dataDirectory, runDirectory, policy }
  })
  await keepFiles(requests, {
    onKept(request, kept) {
      const position = unknown[request] as number
      digests[position] = kept
      index?.remember((files[position] as WalkedFile).name, kept, readStartMs)
    },
  })
  index?.save()
  return {
    files: files.map(({ name }, position) => {
      const { md5Base64, sha256Hex, sizeBytes } = digests[position] as ContentDigests
      return { name, md5Base64, sha256Hex, sizeBytes }
    }),
    reusedCount: files.length - unknown.length,
    notices,
  }
}

/** Fills in what the index knows; returns the positions of the files that have to be read. */
async function reuseKnown(
  files: readonly WalkedFile[],
  digests: ContentDigests[],
  index: StatIndex | undefined,
  { dataDirectory, runDirectory, policy }: KeepDirectoryOptions,
): Promise<number[]> {
  const unknown: number[] = []
  const turns = createTurns()
  for (const [position, { name, identity }] of files.entries()) {
    const known = index?.find(name, identity, policy)
    if (known === undefined || dataDirectory === undefined || !isThere(known, dataDirectory, runDirectory)) {
      unknown.push(position)
    } else digests[position] = known
    if (turns.isOver()) await turns.next()
  }
  return unknown
}

/** Whether the data folder holds a content; if there is a run, its folder holds it too afterwards. */
function isThere(content: ContentDigests, dataDirectory: string, runDirectory: string | undefined): boolean {
  const { sha256Hex, sizeBytes } = content
  if (runDirectory === undefined) return isFileOfSize(blobPathOf(dataDirectory, sha256Hex), sizeBytes)
  try {
    stageBlobSync({ runDirectory, dataDirectory, sha256Hex, sizeBytes })
    return true
  } catch {
    // Somebody has removed it; the file is read again.
    return false
  }
}
