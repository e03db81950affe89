import { hash, randomUUID } from 'node:crypto'
import { constants, copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { hashInParts } from '../file/hash-in-parts.ts'
import { writeNewFileSync } from '../file/write-new-file.ts'
import { blobPathOf, dataDirectoryOf, stagedPathOf, temporaryDirectoryOf } from './content-paths.ts'

/** A content that lies in a run's folder, to be sent with one of its artifacts. */
export interface StagedFile extends ContentDigests {
  /** Absolute path of the staged file, `<run folder>/artifacts/<sha256Hex>`: the `local_path` of a manifest's entry. */
  readonly localPath: string
}

// What is staged is shared with the folder of contents, where a change would be damage to all who use it.
export const contentMode = 0o444

/**
 * Keeps bytes among the contents of the data folder and stages them in a run's folder; the file exists once on disk if
 * the file system has hard links. The same bytes again cost their hashing only. Not synced: whoever acknowledges the
 * content does that.
 *
 * @param runDirectory - `<data folder>/runs/<run>`.
 * @param onWork - Called now and then while it takes long.
 * @throws the file system's error, such as `ENOSPC`.
 */
export function stageBytesSync(runDirectory: string, bytes: Uint8Array, onWork?: () => void): StagedFile {
  const run = resolve(runDirectory)
  const digests = hashBytes(bytes, onWork)
  keepHashedSync(bytes, { ...digests, dataDirectory: dataDirectoryOf(run), runDirectory: run, onWork })
  return { ...digests, localPath: stagedPathOf(run, digests.sha256Hex) }
}

/** A content by its digests. */
export interface ContentDigests {
  /** MD5 in base64: the digest of a manifest's entry. */
  readonly md5Base64: string
  readonly sha256Hex: string
  readonly sizeBytes: number
}

/** Where bytes whose digests are known are kept. */
export interface KeepHashedOptions extends ContentDigests {
  readonly dataDirectory: string
  /** A run whose folder gets them too. */
  readonly runDirectory: string | undefined
  /** Called now and then while it takes long. */
  readonly onWork?: (() => void) | undefined
}

/**
 * Keeps bytes whose digests are known, with as few changes of folders as possible: of many small files those are what takes
 * the time. With a run, its folder gets the file and the contents a second name for it.
 */
export function keepHashedSync(bytes: Uint8Array, options: KeepHashedOptions): void {
  const { dataDirectory, runDirectory, sha256Hex, onWork } = options
  const blobPath = blobPathOf(dataDirectory, sha256Hex)
  if (runDirectory === undefined) {
    if (!isFileOfSize(blobPath, bytes.length)) keepWhole(bytes, options)
    return
  }
  const stagedPath = stagedPathOf(runDirectory, sha256Hex)
  if (tryLink(blobPath, stagedPath) && isFileOfSize(stagedPath, bytes.length)) return
  // Under its name at once: what a crash cuts off has another size, and is written again.
  if (tryWriteNew(stagedPath, bytes, onWork) && tryLink(stagedPath, blobPath)) return
  if (!isFileOfSize(blobPath, bytes.length)) keepWhole(bytes, options)
  stageBlobSync({ runDirectory, dataDirectory, sha256Hex, sizeBytes: bytes.length })
}

function keepWhole(bytes: Uint8Array, { dataDirectory, sha256Hex, onWork }: KeepHashedOptions): void {
  keepAsBlobSync(dataDirectory, (temporaryPath) => {
    writeNewFileSync(temporaryPath, bytes, contentMode, onWork)
    return { sha256Hex, sizeBytes: bytes.length }
  })
}

/** Gives a file a second name. False when that name is taken, or cannot be given. */
function tryLink(source: string, target: string): boolean {
  try {
    linkSync(source, target)
    return true
  } catch (error) {
    if (!hasCode(error, 'ENOENT') || existsSync(dirname(target)) || !existsSync(source)) return false
  }
  try {
    mkdirSync(dirname(target), { recursive: true })
    linkSync(source, target)
    return true
  } catch {
    return false
  }
}

/** Writes a new file; false when there is one. */
function tryWriteNew(path: string, bytes: Uint8Array, onWork: (() => void) | undefined): boolean {
  try {
    writeNewFileSync(path, bytes, contentMode, onWork)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    if (!hasCode(error, 'ENOENT')) {
      // What a full disk has cut off.
      rmSync(path, { force: true })
      throw error
    }
  }
  mkdirSync(dirname(path), { recursive: true })
  return tryWriteNew(path, bytes, onWork)
}

// Hashed at once; more is hashed in parts.
const wholeBytesMax = 2 ** 22

/**
 * Digests of bytes.
 *
 * @param onWork - Called now and then while it takes long.
 */
export function hashBytes(bytes: Uint8Array, onWork?: () => void): ContentDigests {
  if (bytes.length > wholeBytesMax) {
    const { md5, sha256 } = hashInParts(bytes, ['md5', 'sha256'], onWork)
    return { md5Base64: md5.toString('base64'), sha256Hex: sha256.toString('hex'), sizeBytes: bytes.length }
  }
  return { md5Base64: hash('md5', bytes, 'base64'), sha256Hex: hash('sha256', bytes, 'hex'), sizeBytes: bytes.length }
}

/**
 * Keeps bytes among the contents of a data folder. Not synced.
 *
 * @throws the file system's error, such as `ENOSPC`.
 */
export function keepBytesSync(dataDirectory: string, bytes: Uint8Array): ContentDigests {
  const digests = hashBytes(bytes)
  keepHashedSync(bytes, { ...digests, dataDirectory, runDirectory: undefined })
  return digests
}

/** Which content to stage where. */
export interface StageBlobOptions {
  /** Absolute. */
  readonly runDirectory: string
  /** Folder that holds the content. */
  readonly dataDirectory: string
  readonly sha256Hex: string
  readonly sizeBytes: number
}

/**
 * Stages a content that the data folder holds: by a hard link, else by a reflink or copy.
 *
 * @returns the absolute path of the staged file.
 * @throws the file system's error, such as `ENOENT` when the data folder does not hold it.
 */
export function stageBlobSync({ runDirectory, dataDirectory, sha256Hex, sizeBytes }: StageBlobOptions): string {
  const stagedPath = stagedPathOf(runDirectory, sha256Hex)
  const blobPath = blobPathOf(dataDirectory, sha256Hex)
  try {
    linkSync(blobPath, stagedPath)
    return stagedPath
  } catch (error) {
    if (hasCode(error, 'EEXIST') && isFileOfSize(stagedPath, sizeBytes)) {
      linkAgainSync(blobPath, stagedPath)
      return stagedPath
    }
    if (hasCode(error, 'ENOENT')) mkdirSync(dirname(stagedPath), { recursive: true })
  }
  linkOrCopySync(blobPath, stagedPath)
  return stagedPath
}

/**
 * Keeps a content that is written under a temporary name first.
 *
 * @param write - Writes it and returns what it is.
 */
export function keepAsBlobSync(
  dataDirectory: string,
  write: (temporaryPath: string) => Pick<ContentDigests, 'sha256Hex' | 'sizeBytes'>,
): void {
  const temporaryPath = join(makeTemporaryDirectorySync(dataDirectory), randomUUID())
  try {
    moveToBlobSync(dataDirectory, temporaryPath, write(temporaryPath))
  } finally {
    rmSync(temporaryPath, { force: true })
  }
}

/** The folder for unfinished contents, made if it is missing. */
export function makeTemporaryDirectorySync(dataDirectory: string): string {
  const path = temporaryDirectoryOf(dataDirectory)
  mkdirSync(path, { recursive: true })
  return path
}

/** Renames an unfinished content to its place; removes it if the content is there already. */
export function moveToBlobSync(
  dataDirectory: string,
  temporaryPath: string,
  { sha256Hex, sizeBytes }: Pick<ContentDigests, 'sha256Hex' | 'sizeBytes'>,
): void {
  const path = blobPathOf(dataDirectory, sha256Hex)
  if (isFileOfSize(path, sizeBytes)) {
    // Replacing it would leave those who have linked it with a second copy on disk.
    rmSync(temporaryPath, { force: true })
    return
  }
  try {
    renameSync(temporaryPath, path)
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
    mkdirSync(dirname(path), { recursive: true })
    renameSync(temporaryPath, path)
  }
}

/** Whether there is a file of that size. A content of another size was cut off by a crash, and is written again. */
export function isFileOfSize(path: string, sizeBytes: number): boolean {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats?.isFile() === true && stats.size === sizeBytes
}

/** Makes two files of one content one, where there are hard links: two threads that kept it at the same time made both. */
function linkAgainSync(blobPath: string, stagedPath: string): void {
  const [blob, staged] = [blobPath, stagedPath].map((path) => statSync(path, { throwIfNoEntry: false }))
  if (blob === undefined || blob.dev !== staged?.dev || blob.ino === staged.ino) return
  const temporaryPath = `${stagedPath}.${randomUUID()}`
  try {
    linkSync(blobPath, temporaryPath)
    renameSync(temporaryPath, stagedPath)
  } catch {
    // Two copies are no damage.
  } finally {
    rmSync(temporaryPath, { force: true })
  }
}

/** Puts a file under another name, replacing what is there: by a link where that is possible, else by a copy. */
function linkOrCopySync(source: string, target: string): void {
  const temporaryPath = `${target}.${randomUUID()}`
  try {
    try {
      linkSync(source, temporaryPath)
    } catch (error) {
      if (hasCode(error, 'ENOENT')) throw error
      // Another file system, or one without hard links.
      copyFileSync(source, temporaryPath, constants.COPYFILE_FICLONE)
    }
    // Renaming one link of a file to another one of its links leaves both, hence the removal below.
    renameSync(temporaryPath, target)
  } finally {
    rmSync(temporaryPath, { force: true })
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
