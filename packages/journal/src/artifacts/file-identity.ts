import type { Stats } from 'node:fs'

/** What tells two states of a file apart without reading it. Times are Unix milliseconds, exact to a microsecond. */
export interface FileIdentity {
  readonly sizeBytes: number
  readonly modifiedMs: number
  readonly changedMs: number
  readonly inode: number
  readonly device: number
}

export function identityOf(stats: Stats): FileIdentity {
  const { size, mtimeMs, ctimeMs, ino, dev } = stats
  return { sizeBytes: size, modifiedMs: mtimeMs, changedMs: ctimeMs, inode: ino, device: dev }
}

/** Whether a file is as it was, going by its size, times and place on disk. */
export function isSameIdentity(a: FileIdentity, b: FileIdentity): boolean {
  return isSameContentIdentity(a, b) && a.changedMs === b.changedMs
}

/** As {@link isSameIdentity}, but another name for the file, or other permissions, change nothing. */
export function isSameContentIdentity(a: FileIdentity, b: FileIdentity): boolean {
  return a.sizeBytes === b.sizeBytes && a.modifiedMs === b.modifiedMs && a.inode === b.inode && a.device === b.device
}
