import { createHash, type Hash, randomUUID } from 'node:crypto'
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { dataDirectoryOf } from './content-paths.ts'
import {
  contentMode,
  makeTemporaryDirectorySync,
  moveToBlobSync,
  type StagedFile,
  stageBlobSync,
} from './staged-files.ts'

/** What writes pieces of text, so that no table is in memory as one text. */
export interface TextFileEffects {
  /** Called now and then during long work. */
  onWork(): void
  /** Grants bytes of a disk that a test makes small; throws when there are too few. */
  takeRoom(bytes: number): void
}

/** A file that was written, with its digests. */
interface WrittenFile {
  readonly sha256Hex: string
  readonly md5Base64: string
  readonly sizeBytes: number
}

/**
 * Writes a text into a run's folder under a name that follows from its digest.
 *
 * @param toPath - The path below the run's folder for a SHA-256.
 * @throws what the file system throws; nothing is left then.
 */
export function writeRunText(
  runDirectory: string,
  pieces: Iterable<string>,
  toPath: (sha256Hex: string) => string,
  effects: TextFileEffects,
): WrittenFile & { readonly path: string } {
  const temporaryPath = join(runDirectory, 'files', 'media', `${randomUUID()}.temporary`)
  mkdirSync(dirname(temporaryPath), { recursive: true })
  try {
    const written = writePieces(temporaryPath, pieces, effects)
    const path = toPath(written.sha256Hex)
    const target = join(runDirectory, path)
    mkdirSync(dirname(target), { recursive: true })
    renameSync(temporaryPath, target)
    return { ...written, path }
  } finally {
    rmSync(temporaryPath, { force: true })
  }
}

/**
 * Writes a text among the contents of the data folder and stages it for an artifact.
 *
 * @throws what the file system throws.
 */
export function stageText(runDirectory: string, pieces: Iterable<string>, effects: TextFileEffects): StagedFile {
  const dataDirectory = dataDirectoryOf(resolve(runDirectory))
  const written = keepText(dataDirectory, pieces, effects)
  return { ...written, localPath: stageBlobSync({ runDirectory, dataDirectory, ...written }) }
}

const noEffects: TextFileEffects = { onWork: () => {}, takeRoom: () => {} }

/**
 * Writes a text among the contents of a data folder.
 *
 * @param dataDirectory - Undefined: the text is only hashed.
 * @throws what the file system throws.
 */
export function keepText(
  dataDirectory: string | undefined,
  pieces: Iterable<string>,
  effects: TextFileEffects = noEffects,
): WrittenFile {
  if (dataDirectory === undefined) return writePieces(undefined, pieces, effects)
  const temporaryPath = join(makeTemporaryDirectorySync(dataDirectory), randomUUID())
  try {
    const written = writePieces(temporaryPath, pieces, effects, contentMode)
    moveToBlobSync(dataDirectory, temporaryPath, written)
    return written
  } finally {
    rmSync(temporaryPath, { force: true })
  }
}

/** @param path - Undefined: the pieces are only hashed. */
function writePieces(
  path: string | undefined,
  pieces: Iterable<string>,
  effects: TextFileEffects,
  mode = 0o666,
): WrittenFile {
  const hashes: readonly Hash[] = [createHash('sha256'), createHash('md5')]
  const fileDescriptor = path === undefined ? undefined : openSync(path, 'wx', mode)
  let sizeBytes = 0
  try {
    for (const piece of pieces) {
      const bytes = Buffer.from(piece)
      effects.takeRoom(bytes.length)
      for (const hash of hashes) hash.update(bytes)
      for (let written = 0; fileDescriptor !== undefined && written < bytes.length; ) {
        written += writeSync(fileDescriptor, bytes, written)
      }
      sizeBytes += bytes.length
      effects.onWork()
    }
  } finally {
    if (fileDescriptor !== undefined) closeSync(fileDescriptor)
  }
  const [sha256, md5] = hashes as [Hash, Hash]
  return { sha256Hex: sha256.digest('hex'), md5Base64: md5.digest('base64'), sizeBytes }
}
