import { createHash, randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { isProcessAlive, processStartMs } from '../../process-liveness.ts'
import { expectedDigest } from './content-hash.ts'
import type { ExpectedContent } from './download-file.ts'

/** A file beside the one that is downloaded, which nobody else writes to. */
export interface ClaimedPart {
  readonly path: string
  /** Whether an earlier download may have left something in it. */
  readonly isResumable: boolean
  /** Lets go of it; one that is not resumable is removed. */
  release(): Promise<void>
}

// Fetching less than this again costs less than taking turns for it.
const resumableBytesMin = 2 ** 16
// Start times come from a clock that is set right now and then.
const startToleranceMs = 2000

/**
 * Claims the part of a file: the one under its fixed name, which an earlier download may have left, or, while another
 * download has that one, for small files, and where no digest says what belongs together, one of its own.
 *
 * @param path - Absolute path of the file.
 */
export async function claimPart(path: string, expected: ExpectedContent): Promise<ClaimedPart> {
  const { sizeBytes } = expected
  const digest = expectedDigest(expected)
  if (digest === undefined || (sizeBytes !== undefined && sizeBytes < resumableBytesMin)) return ownPart(path)
  // A hash, because the name of the file may be as long as the file system allows; the digest, so that a part is only
  // gone on with for the same content.
  const key = createHash('sha256')
    .update(`${basename(path)}\0${digest}`)
    .digest('hex')
    .slice(0, 32)
  const lockPath = join(dirname(path), `.${key}.lock`)
  if (!(await takeLock(lockPath))) return ownPart(path)
  return {
    path: join(dirname(path), `.${key}.part`),
    isResumable: true,
    release: () => rm(lockPath, { force: true }),
  }
}

function ownPart(path: string): ClaimedPart {
  const partPath = join(dirname(path), `.${randomUUID()}.part`)
  return { path: partPath, isResumable: false, release: () => rm(partPath, { force: true }) }
}

/** Who holds a lock. */
interface Owner {
  readonly pid: number
  readonly host: string
  readonly startedAtMs: number | undefined
}

let self: string | undefined

function describeSelf(): string {
  self ??= JSON.stringify({ pid: process.pid, host: hostname(), startedAtMs: processStartMs(process.pid) })
  return self
}

async function takeLock(lockPath: string): Promise<boolean> {
  if (await createLock(lockPath)) return true
  const text = await readFile(lockPath, 'utf8').catch(() => '')
  if (!isGone(text)) return false
  // Whoever of several renames it first has removed the lock of the process that is gone. A new lock that came in between
  // is lost; then two fill one part, which its digest shows.
  const removedPath = `${lockPath}.${randomUUID()}`
  try {
    await rename(lockPath, removedPath)
    await rm(removedPath, { force: true })
  } catch {
    return false
  }
  return createLock(lockPath)
}

async function createLock(lockPath: string): Promise<boolean> {
  try {
    await writeFile(lockPath, describeSelf(), { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Whether the process of a lock has surely ended. A lock that is being written is not readable yet. */
function isGone(text: string): boolean {
  const owner = parseOwner(text)
  if (owner === undefined || owner.host !== hostname()) return false
  if (!isProcessAlive(owner.pid)) return true
  // Process ids come round again, in containers at once.
  const startedAtMs = processStartMs(owner.pid)
  if (startedAtMs === undefined || owner.startedAtMs === undefined) return false
  return Math.abs(startedAtMs - owner.startedAtMs) > startToleranceMs
}

function parseOwner(text: string): Owner | undefined {
  try {
    // Written by describeSelf, or damaged: each member is looked at.
    const value = JSON.parse(text) as Partial<Record<keyof Owner, unknown>> | null
    const { pid, host, startedAtMs } = value ?? {}
    if (!Number.isSafeInteger(pid) || (pid as number) <= 0 || typeof host !== 'string') return undefined
    return { pid: pid as number, host, startedAtMs: typeof startedAtMs === 'number' ? startedAtMs : undefined }
  } catch {
    return undefined
  }
}
