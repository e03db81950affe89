import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type FileIdentity, isSameContentIdentity, isSameIdentity } from './file-identity.ts'
import type { FilePolicy } from './keep-file.ts'
import type { ContentDigests } from './staged-files.ts'

/** What is remembered of a file, so that it need not be read again while it stays as it is. */
export interface StatIndexEntry extends ContentDigests {
  readonly identity: FileIdentity
}

/**
 * The digests of the files of one folder, by their names in it. Kept in one file for each folder, which is replaced as a
 * whole: of two processes that write at the same time one is forgotten, which costs only the reading of its files.
 */
export interface StatIndex {
  /** What is known of a file in that state; undefined when it has to be read. */
  find(name: string, identity: FileIdentity, policy: FilePolicy): StatIndexEntry | undefined
  /**
   * Remembers a file, unless a later change of it could go unseen.
   *
   * @param readStartMs - When its reading began, Unix milliseconds.
   */
  remember(name: string, entry: StatIndexEntry, readStartMs: number): void
  /**
   * Writes what has changed. A disk that refuses is no error: the files are read again next time.
   *
   * @param options.keepsOthers - Whether names that were not asked for stay. Default: false, they are taken to be gone.
   */
  save(options?: { readonly keepsOthers?: boolean }): void
}

const magic = 'lossline-stat-index 1\n'
// Clocks of file systems tick every few milliseconds; those that keep whole seconds, every second or two.
const clockTickMs = 100
const coarseClockTickMs = 2500
const numbersPerEntry = 5
const digestBytes = 16 + 32

/** Opens the index of a folder. @param folder - Its absolute path. */
export function openStatIndex(dataDirectory: string, folder: string): StatIndex {
  const path = indexPathOf(dataDirectory, folder)
  const known = readIndex(path, folder)
  const current = new Map<string, StatIndexEntry>()
  const asked = new Set<string>()
  let isChanged = false
  return {
    find(name, identity, policy) {
      asked.add(name)
      const entry = known.get(name)
      // Each further hard link to an immutable file changes its change time.
      const isSame = policy === 'immutable' ? isSameContentIdentity : isSameIdentity
      if (entry === undefined || !isSame(entry.identity, identity)) return undefined
      current.set(name, entry)
      return entry
    },
    remember(name, entry, readStartMs) {
      if (!isSettled(entry.identity, readStartMs)) return
      current.set(name, entry)
      isChanged = true
    },
    save({ keepsOthers = false } = {}) {
      for (const [name, entry] of keepsOthers ? known : []) if (!asked.has(name)) current.set(name, entry)
      // Names that were not asked for are gone, or left out by now.
      if (isChanged || current.size !== known.size) writeIndex(path, folder, current)
    },
  }
}

/** Where the index of a folder is. */
function indexPathOf(dataDirectory: string, folder: string): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 32)
  return join(dataDirectory, 'stat-index', `${name}.bin`)
}

/**
 * git's rule for files that are "racily clean": a file that changed so shortly before it was read may change again with
 * the same time stamp, so that its state says nothing about its content.
 */
function isSettled({ modifiedMs, changedMs }: FileIdentity, readStartMs: number): boolean {
  const isCoarse = Number.isInteger(modifiedMs / 1000) || Number.isInteger(changedMs / 1000)
  return Math.max(modifiedMs, changedMs) < readStartMs - (isCoarse ? coarseClockTickMs : clockTickMs)
}

/** Layout: magic, length of the header, the header (JSON), numbers (float64, little-endian), digests. */
function writeIndex(path: string, folder: string, entries: ReadonlyMap<string, StatIndexEntry>): void {
  const header = Buffer.from(JSON.stringify({ folder, names: [...entries.keys()] }))
  const numbers = Buffer.alloc(entries.size * numbersPerEntry * 8)
  const digests = Buffer.alloc(entries.size * digestBytes)
  let position = 0
  for (const { identity, md5Base64, sha256Hex } of entries.values()) {
    const { sizeBytes, modifiedMs, changedMs, inode, device } = identity
    const values = [sizeBytes, modifiedMs, changedMs, inode, device]
    values.forEach((value, index) => {
      numbers.writeDoubleLE(value, (position * numbersPerEntry + index) * 8)
    })
    digests.write(md5Base64, position * digestBytes, 'base64')
    digests.write(sha256Hex, position * digestBytes + 16, 'hex')
    position += 1
  }
  const length = Buffer.alloc(4)
  length.writeUInt32LE(header.length)
  const temporaryPath = `${path}.${randomUUID()}`
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(temporaryPath, Buffer.concat([Buffer.from(magic), length, header, numbers, digests]))
    renameSync(temporaryPath, path)
  } catch {
    rmSync(temporaryPath, { force: true })
  }
}

/** What an index file holds; nothing when it is missing, damaged, or of another folder. */
function readIndex(path: string, folder: string): Map<string, StatIndexEntry> {
  if (!existsSync(path)) return new Map()
  try {
    return parseIndex(readFileSync(path), folder)
  } catch {
    return new Map()
  }
}

function parseIndex(bytes: Buffer, folder: string): Map<string, StatIndexEntry> {
  const entries = new Map<string, StatIndexEntry>()
  const headerStart = magic.length + 4
  if (bytes.toString('latin1', 0, magic.length) !== magic) return entries
  const headerEnd = headerStart + bytes.readUInt32LE(magic.length)
  const header = JSON.parse(bytes.toString('utf8', headerStart, headerEnd)) as { folder: string; names: string[] }
  const numbersEnd = headerEnd + header.names.length * numbersPerEntry * 8
  if (header.folder !== folder || bytes.length !== numbersEnd + header.names.length * digestBytes) return entries
  header.names.forEach((name, position) => {
    const number = (index: number): number => bytes.readDoubleLE(headerEnd + (position * numbersPerEntry + index) * 8)
    const digestStart = numbersEnd + position * digestBytes
    const identity = {
      sizeBytes: number(0),
      modifiedMs: number(1),
      changedMs: number(2),
      inode: number(3),
      device: number(4),
    }
    entries.set(name, {
      identity,
      sizeBytes: identity.sizeBytes,
      md5Base64: bytes.toString('base64', digestStart, digestStart + 16),
      sha256Hex: bytes.toString('hex', digestStart + 16, digestStart + digestBytes),
    })
  })
  return entries
}
