import type { BigIntStats } from 'node:fs'
import { type FileHandle, opendir, stat } from 'node:fs/promises'
import { StoreError } from '../errors.ts'

/** Contents may be anybody's: folders are for the account that keeps them. */
export const folderMode = 0o700

/** Names in a folder; of one that is missing there are none. */
export async function* entriesOf(directory: string): AsyncGenerator<string> {
  try {
    for await (const entry of await opendir(directory)) yield entry.name
  } catch (error) {
    if (!isMissing(error)) throw toBlobError(error)
  }
}

/** Undefined where there is none. Bigint: inode numbers of some file systems do not fit a double. */
export async function statOrUndefined(file: string): Promise<BigIntStats | undefined> {
  try {
    return await stat(file, { bigint: true })
  } catch (error) {
    if (isMissing(error)) return undefined
    throw toBlobError(error)
  }
}

export async function writeAll(handle: FileHandle, part: Uint8Array): Promise<void> {
  for (let offset = 0; offset < part.length; ) {
    offset += (await handle.write(part, offset)).bytesWritten
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** Only errors of the file system are translated; those of the caller's stream pass. */
export function toBlobError(error: unknown): unknown {
  if (StoreError.isInstance(error) || !(error instanceof Error) || !('syscall' in error && 'code' in error))
    return error
  const isFull = error.code === 'ENOSPC' || error.code === 'EDQUOT'
  return new StoreError({
    code: isFull ? 'full' : 'unavailable',
    message: `Blob folder: ${error.message}.`,
    hint: isFull ? 'Free some disk space.' : 'Check that the folder exists and that this user may write there.',
    cause: error,
  })
}
