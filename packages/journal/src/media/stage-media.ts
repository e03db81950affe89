import { randomBytes } from 'node:crypto'
import { constants, copyFileSync, mkdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { mapContents } from './map-contents.ts'
import type { MediaSnapshot } from './media-snapshot.ts'

/** Folder of a run where files wait that were logged and are not in the journal yet. */
const stagingFolder = 'media-staging'

/**
 * Copies a file of the user into the run's folder, so that it may be changed or removed right after. File systems that
 * can share blocks between files (Btrfs, XFS, APFS) copy nothing.
 *
 * @returns the copy's path.
 * @throws what the file system throws.
 */
export function stageFile(runDirectory: string, path: string): string {
  const folder = join(runDirectory, stagingFolder)
  mkdirSync(folder, { recursive: true })
  const copy = join(folder, randomBytes(8).toString('hex'))
  try {
    copyFileSync(path, copy, constants.COPYFILE_FICLONE)
  } catch (error) {
    removeStaged([copy])
    throw error
  }
  return copy
}

/** Removes staged files. What cannot be removed stays where it is. */
export function removeStaged(paths: Iterable<string>): void {
  for (const path of paths) {
    try {
      rmSync(path, { force: true })
    } catch {
      // The run goes on.
    }
  }
}

/** The staged files of a media value. */
export function stagedPathsOf(snapshot: MediaSnapshot): string[] {
  const paths: string[] = []
  mapContents(snapshot, (content) => {
    if (content.kind === 'file' && content.stagedPath !== undefined) paths.push(content.stagedPath)
    return content
  })
  return paths
}

/** Removes the folder of staged files when nothing waits in it any more. */
export function removeStagingFolder(runDirectory: string): void {
  try {
    rmdirSync(join(runDirectory, stagingFolder))
  } catch {
    // It never was, or holds what a full disk kept out of the journal.
  }
}
