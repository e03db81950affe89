import { lstatSync } from 'node:fs'
import { resolve } from 'node:path'
import { ArtifactFileError } from '../artifact-error.ts'
import { keepFiles } from '../content-pool.ts'
import { identityOf } from '../file-identity.ts'
import { openStatIndex } from '../stat-index.ts'
import { type ExpectedDigests, hasExpectedDigest } from './content-hash.ts'

/** A file that should be there. */
export interface CheckedFile extends ExpectedDigests {
  /** Absolute path. */
  readonly path: string
  /** Path in the artifact. */
  readonly name: string
  readonly sizeBytes: number | undefined
}

/**
 * Finds out which files are there with the right content. Files that are as they were the last time are not read.
 *
 * @param dataDirectory - Where to remember what was found. Default: nowhere.
 * @returns the names of the right ones.
 */
export async function findRightFiles(
  root: string,
  files: readonly CheckedFile[],
  dataDirectory: string | undefined,
): Promise<Set<string>> {
  const right = new Set<string>()
  const others: CheckedFile[] = []
  const index = dataDirectory === undefined ? undefined : openStatIndex(dataDirectory, resolve(root))
  const candidates = files.flatMap((file) => {
    const stats = lstatSync(file.path, { throwIfNoEntry: false })
    if (stats?.isFile() !== true || (file.sizeBytes !== undefined && stats.size !== file.sizeBytes)) return []
    if (file.md5Base64 === undefined) {
      // Any content of the size counts, unless there is another digest; the index has none of that kind.
      if (file.xxh128Base64 === undefined) right.add(file.name)
      else others.push(file)
      return []
    }
    const identity = identityOf(stats)
    const known = index?.find(file.name, identity, 'mutable')
    if (known === undefined) return [{ file, identity }]
    if (known.md5Base64 === file.md5Base64) right.add(file.name)
    return []
  })
  const readStartMs = Date.now()
  await keepFiles(
    candidates.map(({ file, identity }) => ({
      path: file.path,
      sizeBytes: identity.sizeBytes,
      dataDirectory: undefined,
      policy: 'mutable' as const,
    })),
    {
      onKept(position, kept) {
        const file = candidates[position]?.file
        if (file === undefined) return
        index?.remember(file.name, kept, readStartMs)
        if (kept.md5Base64 === file.md5Base64) right.add(file.name)
      },
      onFailed(_, error) {
        // One that nobody may read, or that somebody changes right now, is not right, and will be fetched.
        if (!(error instanceof ArtifactFileError)) throw error
      },
    },
  )
  for (const file of others) if (await hasExpectedDigest(file.path, file)) right.add(file.name)
  // Who downloads a part of a version says nothing about the rest of the folder.
  index?.save({ keepsOthers: true })
  return right
}
