import { stat } from 'node:fs/promises'
import { basename, join, resolve, sep } from 'node:path'
import type { LocalManifestEntry } from '@lossline/protocol'
import { digestFile } from '../../digest-file.ts'
import { SendError } from '../send-error.ts'

/** A file of an artifact as it lies on this machine. */
export interface LocalFile {
  /** Path in the artifact. */
  readonly path: string
  readonly md5Base64: string
  readonly localPath: string
  readonly bytes: number
}

/**
 * Finds the content of an entry: where the record says, else, in a folder that was moved, among what the run has staged.
 *
 * @throws SendError `file-unreadable` when it is gone or is not what it was.
 */
export async function findLocalFile(
  entry: LocalManifestEntry,
  { runDirectory, stagedDirectories }: { readonly runDirectory: string; readonly stagedDirectories: readonly string[] },
): Promise<LocalFile> {
  const { path, digest: md5Base64, localPath: said = '', size } = entry
  if (entry.extra?.alg === 'XXH128') {
    throw new SendError({
      code: 'file-unreadable',
      message: `its file "${path}" is named by its XXH128, which only W&B's client can send.`,
      hint: 'Send the run with wandb sync, or log the artifact without digest_algorithm.',
    })
  }
  const stagedDirectory = resolve(runDirectory, 'artifacts')
  const elsewhere = [stagedDirectory, ...stagedDirectories].map((directory) => join(directory, basename(said)))
  for (const localPath of [said, ...elsewhere]) {
    const file = await stat(localPath).catch(() => undefined)
    if (file === undefined || !file.isFile()) continue
    if (size !== undefined && file.size !== size) throw changed(path, localPath)
    // What lies in the run's own folder the server checks. Elsewhere, a journal of unknown origin could name any file of
    // this machine; only one whose content it knows is sent.
    const isStaged = resolve(localPath).startsWith(stagedDirectory + sep)
    if (!isStaged && (await digestFile(localPath, 'md5')).toString('base64') !== md5Base64)
      throw changed(path, localPath)
    return { path, md5Base64, localPath, bytes: file.size }
  }
  throw new SendError({
    code: 'file-unreadable',
    message: `its file "${path}" is gone from ${said}.`,
    hint: 'Log the artifact again, or put the file back and run lossline sync.',
  })
}

function changed(path: string, localPath: string): SendError {
  return new SendError({
    code: 'file-unreadable',
    message: `its file "${path}" has changed since it was logged (${localPath}).`,
    hint: 'Log the artifact again.',
  })
}
