import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  openSync,
  readSync,
  realpathSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { ArtifactFileError, fileChanged, toArtifactFileError } from './artifact-error.ts'
import { blobPathOf } from './content-paths.ts'
import { type FileIdentity, identityOf, isSameContentIdentity } from './file-identity.ts'
import {
  type ContentDigests,
  contentMode,
  hashBytes,
  isFileOfSize,
  keepAsBlobSync,
  keepHashedSync,
  stageBlobSync,
} from './staged-files.ts'

/**
 * Whether the file may change after it was added. 'mutable': its content is copied at once. 'immutable': the user
 * promises to leave it alone, so that a second name for the same file (a hard link) can do.
 */
export type FilePolicy = 'mutable' | 'immutable'

/** Which file to keep, and where. */
export interface KeepFileOptions {
  readonly path: string
  /** Undefined: the file is only hashed. */
  readonly dataDirectory: string | undefined
  /** A run whose folder gets the content too. Default: none. */
  readonly runDirectory?: string | undefined
  readonly policy: FilePolicy
  /** Called now and then while it takes long. */
  readonly onWork?: (() => void) | undefined
}

/** A file whose content is in the data folder. */
export interface KeptFile extends ContentDigests {
  /** The file as it was read. */
  readonly identity: FileIdentity
}

// Larger files are read in pieces of this size; each thread that reads has one.
export const pieceBytes: number = 2 ** 20

let piece: Buffer | undefined
let zeros: Buffer | undefined
// Devices between which a reflink has failed once; asking for each file would cost more than a small copy.
const devicesWithoutReflinks = new Set<number>()

/**
 * Hashes a file and keeps its content in the data folder, in one pass over it. Synchronous: for a worker thread.
 *
 * @throws {@link ArtifactFileError}
 */
export function keepFileSync(options: KeepFileOptions): KeptFile {
  try {
    const kept = keepOpenFileSync(options)
    const { dataDirectory, runDirectory, policy } = options
    const isStaged = policy === 'mutable' && kept.sizeBytes <= pieceBytes
    if (!isStaged && dataDirectory !== undefined && runDirectory !== undefined) {
      stageBlobSync({ runDirectory, dataDirectory, ...kept })
    }
    return kept
  } catch (error) {
    throw toArtifactFileError(options.path, error)
  }
}

function keepOpenFileSync(options: KeepFileOptions): KeptFile {
  const { path } = options
  // Without waiting: a pipe that took the file's place would block for ever.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stats = fstatSync(descriptor)
    if (!stats.isFile()) throw notARegularFile(path)
    const before = identityOf(stats)
    const content =
      before.sizeBytes <= pieceBytes ? keepSmall(descriptor, before, options) : keepLarge(descriptor, before, options)
    return { ...content, sizeBytes: before.sizeBytes, identity: checkUnchanged(path, descriptor, before) }
  } finally {
    closeSync(descriptor)
  }
}

type Digests = Pick<ContentDigests, 'md5Base64' | 'sha256Hex'>

/** A file of one piece: read, hashed, and written only if the data folder has no such content yet. */
function keepSmall(descriptor: number, before: FileIdentity, options: KeepFileOptions): Digests {
  const { path, dataDirectory, runDirectory, policy } = options
  const { sizeBytes } = before
  const buffer = sharedPiece()
  const bytes = buffer.subarray(0, readFully(descriptor, buffer, 0))
  if (bytes.length !== sizeBytes) throw fileChanged(path)
  const digests = hashBytes(bytes)
  if (dataDirectory === undefined) return digests
  if (policy === 'mutable') {
    keepHashedSync(bytes, { ...digests, dataDirectory, runDirectory })
    return digests
  }
  if (isFileOfSize(blobPathOf(dataDirectory, digests.sha256Hex), sizeBytes)) return digests
  keepAsBlobSync(dataDirectory, (temporaryPath) => {
    if (!tryHardLink(options, before, temporaryPath)) writeWhole(temporaryPath, bytes)
    return { ...digests, sizeBytes }
  })
  return digests
}

/** A file of many pieces: each is hashed and written while it is in memory, unless the file system can share the blocks. */
function keepLarge(descriptor: number, before: FileIdentity, options: KeepFileOptions): Digests {
  const { path, dataDirectory, onWork } = options
  if (dataDirectory === undefined) return copyPieces(descriptor, undefined, onWork)
  let digests: ContentDigests = { md5Base64: '', sha256Hex: '', sizeBytes: 0 }
  keepAsBlobSync(dataDirectory, (temporaryPath) => {
    const isShared = tryHardLink(options, before, temporaryPath) || tryReflink(path, before, temporaryPath)
    // A reflink is what the file was at one moment; the digests must be those of the same moment.
    const source = isShared ? openSync(temporaryPath, constants.O_RDONLY) : descriptor
    const target = isShared ? undefined : openSync(temporaryPath, 'wx', contentMode)
    try {
      digests = copyPieces(source, target, onWork)
    } finally {
      if (isShared) closeSync(source)
      if (target !== undefined) closeSync(target)
    }
    return digests
  })
  return digests
}

/** Hashes a file to its end, and writes what is not zeros; a hole at the end is made by the length. */
function copyPieces(source: number, target: number | undefined, onWork: (() => void) | undefined): ContentDigests {
  const md5 = createHash('md5')
  const sha256 = createHash('sha256')
  const buffer = sharedPiece()
  let offset = 0
  for (;;) {
    const length = readFully(source, buffer, offset)
    if (length === 0) break
    const bytes = buffer.subarray(0, length)
    md5.update(bytes)
    sha256.update(bytes)
    if (target !== undefined && !isZero(bytes)) writeFully(target, bytes, offset)
    offset += length
    onWork?.()
  }
  if (target !== undefined) ftruncateSync(target, offset)
  return { md5Base64: md5.digest('base64'), sha256Hex: sha256.digest('hex'), sizeBytes: offset }
}

/** Gives the user's file a second name, if the user has promised not to change it. */
function tryHardLink({ path, policy }: KeepFileOptions, before: FileIdentity, temporaryPath: string): boolean {
  if (policy !== 'immutable') return false
  try {
    // Linking a symbolic link would keep the link.
    linkSync(realpathSync(path), temporaryPath)
  } catch {
    // Another file system, or one without hard links.
    return false
  }
  const { inode, device } = identityOf(lstatSync(temporaryPath))
  if (inode === before.inode && device === before.device) return true
  // Something else took the file's place after it was opened.
  rmSync(temporaryPath)
  return false
}

/** Makes a copy that shares its blocks with the file until one of them changes. */
function tryReflink(path: string, { device }: FileIdentity, temporaryPath: string): boolean {
  if (devicesWithoutReflinks.has(device)) return false
  try {
    copyFileSync(path, temporaryPath, constants.COPYFILE_FICLONE_FORCE)
    return true
  } catch {
    devicesWithoutReflinks.add(device)
    rmSync(temporaryPath, { force: true })
    return false
  }
}

/** The file's identity after it was read, if it is still the same file with the same content. */
function checkUnchanged(path: string, descriptor: number, before: FileIdentity): FileIdentity {
  const after = identityOf(fstatSync(descriptor))
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) throw toArtifactFileError(path, Object.assign(new Error('gone'), { code: 'ENOENT' }))
  if (!isSameContentIdentity(before, after) || !isSameContentIdentity(after, identityOf(stats))) throw fileChanged(path)
  return after
}

function notARegularFile(path: string): ArtifactFileError {
  return new ArtifactFileError({
    code: 'artifact-file-unsupported',
    path,
    message: `"${path}" is no regular file.`,
    hint: 'Add folders with addDir. Sockets, pipes and devices have no content that an artifact could hold.',
  })
}

function writeWhole(path: string, bytes: Uint8Array): void {
  const target = openSync(path, 'wx', contentMode)
  try {
    writeFully(target, bytes, 0)
  } finally {
    closeSync(target)
  }
}

function isZero(bytes: Buffer): boolean {
  zeros ??= Buffer.alloc(pieceBytes)
  return bytes.equals(bytes.length === pieceBytes ? zeros : zeros.subarray(0, bytes.length))
}

/** Reads until the buffer is full or the file ends. */
function readFully(descriptor: number, buffer: Buffer, position: number): number {
  let length = 0
  while (length < buffer.length) {
    const count = readSync(descriptor, buffer, length, buffer.length - length, position + length)
    if (count === 0) break
    length += count
  }
  return length
}

function writeFully(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let offset = 0; offset < bytes.length; ) {
    offset += writeSync(descriptor, bytes, offset, bytes.length - offset, position + offset)
  }
}

function sharedPiece(): Buffer {
  piece ??= Buffer.allocUnsafeSlow(pieceBytes)
  return piece
}
