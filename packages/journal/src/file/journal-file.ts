import { fdatasync, fdatasyncSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { createFramer, type Framer } from '@lossline/protocol'
import { takeQuota } from './take-quota.ts'

/** Why the journal's file could not be written as it should. */
export type FileTrouble =
  | { readonly reason: 'disk-full' | 'write-failed'; readonly message: string }
  | { readonly reason: 'directory-removed'; readonly message: string }

export interface CreateJournalFileOptions {
  readonly path: string
  /** Opened for reading and writing. */
  readonly fileDescriptor: number
  /** Bytes that are in the file already; they end at the end of a record. 0 = the header is still to be written. */
  readonly fileBytes: number
  /** Least time between two `fdatasync`, milliseconds. */
  readonly syncIntervalMs: number
  onTrouble(trouble: FileTrouble): void
  /** The file had to be made anew under its old name. */
  onReplaced?(fileDescriptor: number): void
  /** For tests: how many bytes the disk still takes, shared between threads. Default: no limit but the disk's. */
  readonly diskBytesLeft?: Int32Array
}

/** The journal's file: buffers framed records, writes them at their place, and lives through full disks. */
export interface JournalFile {
  /** Bytes that are in the file. */
  readonly writtenBytes: number
  /** Bytes that are not in the file yet. */
  readonly bufferedBytes: number
  /** Rows among them. */
  readonly bufferedRowCount: number
  /** false while a full disk leaves no room for more rows. */
  readonly canTakeRow: boolean
  append(payload: Uint8Array, length: number, isRow: boolean): void
  /** Writes the buffer. Returns whether all of it is in the file; what is not stays for the next call. */
  write(nowMs: number): boolean
  /**
   * Starts an `fdatasync` in the background if there is something to sync and the last one is long enough ago.
   *
   * @returns false when something waits to be synced.
   */
  syncIfDue(nowMs: number): boolean
  /** Writes and syncs now. Returns whether everything is on disk. */
  sync(nowMs: number): boolean
  /** Makes directory and file anew if they were removed, with all that was written. */
  restoreIfRemoved(): void
}

// While a disk is full, records other than rows go on being kept, and rows until this much waits in memory.
const backlogBytesMax = 2 ** 20
// A full disk is asked again at this interval; every question costs a system call.
const retryIntervalMs = 100

/** Makes the file's writing end for one thread. */
export function createJournalFile(options: CreateJournalFileOptions): JournalFile {
  const { path, syncIntervalMs, onTrouble, diskBytesLeft } = options
  const framer: Framer = createFramer({ crc32, fileOffset: options.fileBytes })
  let fileDescriptor = options.fileDescriptor
  let writtenBytes = options.fileBytes
  // Bytes of the framer's buffer that are in the file; not 0 only after a write that stopped half way.
  let flushedBytes = 0
  let bufferedRowCount = 0
  let failedAtMs: number | undefined
  let syncedAtMs = Number.NEGATIVE_INFINITY
  let isSyncing = false
  let hasUnsynced = options.fileBytes > 0
  const told = new Set<string>()

  function tellOnce(trouble: FileTrouble): void {
    if (told.has(trouble.reason)) return
    told.add(trouble.reason)
    onTrouble(trouble)
  }

  /** Writes part of a buffer; throws what the file system throws. */
  function writePart(bytes: Uint8Array, start: number): number {
    const length = Math.min(bytes.length - start, takeQuota(diskBytesLeft, bytes.length - start))
    return writeSync(fileDescriptor, bytes, start, length, writtenBytes)
  }

  function write(nowMs: number): boolean {
    if (failedAtMs !== undefined && nowMs - failedAtMs < retryIntervalMs) return false
    const bytes = framer.bytes()
    try {
      while (flushedBytes < bytes.length) {
        const count = writePart(bytes, flushedBytes)
        flushedBytes += count
        writtenBytes += count
        hasUnsynced = true
      }
    } catch (error) {
      failedAtMs = nowMs
      tellOnce(toTrouble(error, path))
      return false
    }
    failedAtMs = undefined
    bufferedRowCount = 0
    flushedBytes = 0
    framer.clear()
    return true
  }

  function restoreIfRemoved(): void {
    try {
      if (fstatSync(fileDescriptor).nlink > 0) return
      mkdirSync(dirname(path), { recursive: true })
      const fresh = openSync(path, 'wx+')
      copyFile(fileDescriptor, fresh, writtenBytes)
      fileDescriptor = fresh
      hasUnsynced = true
      options.onReplaced?.(fresh)
      told.delete('directory-removed')
      tellOnce({
        reason: 'directory-removed',
        message: `${path} was removed while the run was going on; it was written anew.`,
      })
    } catch (error) {
      tellOnce({
        reason: 'write-failed',
        message: `${path} was removed and cannot be written anew: ${messageOf(error)}`,
      })
    }
  }

  return {
    get writtenBytes() {
      return writtenBytes
    },
    get bufferedBytes() {
      return framer.length - flushedBytes
    },
    get bufferedRowCount() {
      return bufferedRowCount
    },
    get canTakeRow() {
      return failedAtMs === undefined || framer.length < backlogBytesMax
    },
    append(payload, length, isRow) {
      framer.append(payload, length)
      if (isRow) bufferedRowCount += 1
    },
    write,
    syncIfDue(nowMs) {
      if (!hasUnsynced) return true
      if (isSyncing || nowMs - syncedAtMs < syncIntervalMs) return false
      syncedAtMs = nowMs
      hasUnsynced = false
      isSyncing = true
      restoreIfRemoved()
      fdatasync(fileDescriptor, (error) => {
        isSyncing = false
        // EBADF: the run was finished meanwhile, which synced and closed the file.
        if (error !== null && error.code !== 'EBADF') tellOnce(toTrouble(error, path))
      })
      return true
    },
    sync(nowMs) {
      failedAtMs = undefined
      restoreIfRemoved()
      const isWritten = write(nowMs)
      try {
        fdatasyncSync(fileDescriptor)
        hasUnsynced = !isWritten
        syncedAtMs = nowMs
      } catch (error) {
        tellOnce(toTrouble(error, path))
        return false
      }
      return isWritten
    },
    restoreIfRemoved,
  }
}

function copyFile(from: number, to: number, bytes: number): void {
  const chunk = new Uint8Array(256 * 1024)
  let position = 0
  while (position < bytes) {
    const count = readSync(from, chunk, 0, Math.min(chunk.length, bytes - position), position)
    if (count === 0) return
    let done = 0
    while (done < count) done += writeSync(to, chunk, done, count - done, position + done)
    position += count
  }
}

function toTrouble(error: unknown, path: string): FileTrouble {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT') return { reason: 'disk-full', message: `No space left for ${path}.` }
  return { reason: 'write-failed', message: `${path} cannot be written: ${messageOf(error)}` }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
