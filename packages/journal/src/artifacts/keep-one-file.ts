import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { toArtifactFileError } from './artifact-error.ts'
import { blobPathOf } from './content-paths.ts'
import { keepFiles } from './content-pool.ts'
import { identityOf } from './file-identity.ts'
import type { KeepFileOptions } from './keep-file.ts'
import { type ContentDigests, isFileOfSize, stageBlobSync } from './staged-files.ts'
import { openStatIndex } from './stat-index.ts'

// Reading a smaller file again costs less than remembering it.
const rememberedBytesMin = 8 * 2 ** 20

/**
 * Keeps the content of one file. A large one that is as it was the last time is not read again.
 *
 * @throws {@link ArtifactFileError}
 */
export async function keepFile(options: KeepFileOptions): Promise<ContentDigests> {
  const { path, dataDirectory, runDirectory, policy } = options
  const identity = readIdentity(path)
  const { sizeBytes } = identity
  if (dataDirectory === undefined || sizeBytes < rememberedBytesMin) return keepOne({ ...options, sizeBytes })
  const index = openStatIndex(dataDirectory, resolve(path))
  const known = index.find('', identity, policy)
  if (known !== undefined && isFileOfSize(blobPathOf(dataDirectory, known.sha256Hex), sizeBytes)) {
    if (runDirectory !== undefined) stageBlobSync({ runDirectory, dataDirectory, ...known })
    return known
  }
  const readStartMs = Date.now()
  const kept = await keepOne({ ...options, sizeBytes })
  index.remember('', kept, readStartMs)
  index.save()
  return kept
}

/** Digests of a file. @throws {@link ArtifactFileError} */
export function hashFile(path: string): Promise<ContentDigests> {
  return keepFile({ path, dataDirectory: undefined, policy: 'mutable' })
}

async function keepOne(options: KeepFileOptions & { readonly sizeBytes: number }) {
  const [kept] = await keepFiles([options])
  if (kept === undefined) throw new Error('A file was kept and not told of.')
  return kept
}

function readIdentity(path: string) {
  try {
    return identityOf(statSync(path))
  } catch (error) {
    throw toArtifactFileError(path, error)
  }
}
