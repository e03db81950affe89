import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, copyFile, type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createContentHash, expectedDigest } from './content-hash.ts'
import type { ExpectedContent } from './download-file.ts'

/** Copies a file over another one by sharing its blocks. @throws where that cannot be done. */
export type CloneFile = (source: string, target: string) => Promise<void>

/** How a content is copied. */
export interface CopyContentOptions {
  /** Default: the file system's. */
  readonly clone?: CloneFile | undefined
  /** Ends the copying early; nothing is left of it. */
  readonly signal?: AbortSignal | undefined
}

const cloneFile: CloneFile = (source, target) => copyFile(source, target, constants.COPYFILE_FICLONE_FORCE)

/**
 * Copies a content that this machine has to its place, if it is what it should be. Blocks are shared where the file system
 * can.
 *
 * @returns whether it was; if not, nothing has changed.
 * @throws the errors of the file system, for the target only; the signal's reason.
 */
export async function copyContent(
  source: string,
  target: string,
  expected: ExpectedContent,
  { clone = cloneFile, signal }: CopyContentOptions = {},
): Promise<boolean> {
  const temporaryPath = join(dirname(target), `.${randomUUID()}.part`)
  let isDone = false
  try {
    const handle = await openSource(source)
    if (handle === undefined) return false
    try {
      const isCloned = await tryClone(source, temporaryPath, clone)
      const copied = await copyAndHash(handle, isCloned ? undefined : temporaryPath, { expected, signal })
      const wanted = expectedDigest(expected)
      if (wanted !== undefined && copied.digest !== wanted) return false
      if (expected.sizeBytes !== undefined && copied.sizeBytes !== expected.sizeBytes) return false
    } finally {
      await handle.close()
    }
    await rename(temporaryPath, target)
    isDone = true
    return true
  } finally {
    if (!isDone) await rm(temporaryPath, { force: true })
  }
}

/** Undefined where it is not there, no file, or not for us. */
async function openSource(path: string): Promise<FileHandle | undefined> {
  // Without waiting: a pipe that nobody writes to would block for ever.
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => undefined)
  if (handle === undefined || (await handle.stat()).isFile()) return handle
  await handle.close()
  return undefined
}

// Folders whose file system has refused to share blocks once.
const foldersWithoutClones = new Set<string>()

async function tryClone(source: string, target: string, clone: CloneFile): Promise<boolean> {
  const folder = dirname(target)
  if (foldersWithoutClones.has(folder)) return false
  try {
    const mode = await createEmpty(target)
    await clone(source, target)
    // A clone has the mode of its source, and a kept content may not be written to.
    await chmod(target, mode)
    return true
  } catch {
    foldersWithoutClones.add(folder)
    await rm(target, { force: true })
    return false
  }
}

/** Creates a file; returns the mode that new files of this process have. */
async function createEmpty(path: string): Promise<number> {
  const handle = await open(path, 'wx')
  try {
    return (await handle.stat()).mode & 0o777
  } finally {
    await handle.close()
  }
}

async function copyAndHash(
  source: FileHandle,
  targetPath: string | undefined,
  { expected, signal }: { readonly expected: ExpectedContent; readonly signal: AbortSignal | undefined },
): Promise<{ readonly digest: string; readonly sizeBytes: number }> {
  const hash = createContentHash(expected)
  const target = targetPath === undefined ? undefined : await open(targetPath, 'wx')
  try {
    const buffer = Buffer.allocUnsafe(2 ** 18)
    let sizeBytes = 0
    for (;;) {
      signal?.throwIfAborted()
      const { bytesRead } = await source.read(buffer, 0, buffer.length, sizeBytes)
      if (bytesRead === 0) break
      const bytes = buffer.subarray(0, bytesRead)
      hash.update(bytes)
      for (let offset = 0; target !== undefined && offset < bytesRead; ) {
        offset += (await target.write(bytes, offset, bytesRead - offset, sizeBytes + offset)).bytesWritten
      }
      sizeBytes += bytesRead
    }
    return { digest: hash.base64(), sizeBytes }
  } finally {
    await target?.close()
  }
}
