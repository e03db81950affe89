import { closeSync, linkSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { toMediaPath } from '@lossline/protocol'
import { copyInParts } from '../file/copy-in-parts.ts'
import { hashFileInParts, hashInParts } from '../file/hash-in-parts.ts'
import { encodeContent } from './encode-content.ts'
import type { MediaContent } from './media-snapshot.ts'
import { removeStaged } from './stage-media.ts'

/** A media file in a run's folder. */
export interface StoredMedia {
  /** Below `files/`, with `/` between its parts. */
  readonly path: string
  readonly sha256: string
  readonly sizeBytes: number
}

/** What a media file is called. */
export interface MediaFilePlace {
  /** Innermost key of the value. */
  readonly key: string
  /** Step of the row, or `summary`. */
  readonly place: string
  /** Folder below `files/media`. */
  readonly folder: string
  /** With its dot. */
  readonly extension: string
}

/** Writes the media files of one run, in the thread that writes its journal. */
export interface MediaFiles {
  /**
   * Encodes a content and puts it where W&B's client would.
   *
   * @throws what the file system throws; nothing of the file is left then.
   */
  store(content: MediaContent, place: MediaFilePlace): StoredMedia
  /** Whether a text is another one than the last time that the name came up. */
  isNews(name: string, text: string): boolean
  /** Lets staged copies be removed with the next release, whether they are used or not. */
  noteStaged(paths: readonly string[]): void
  /** Removes the staged copies that were noted. Call it when the records that name the files are safe. */
  releaseStaged(): void
}

/** What {@link createMediaFiles} needs. */
export interface CreateMediaFilesOptions {
  readonly runDirectory: string
  /** Called now and then during long work, so that others see that this thread is alive. */
  onWork(): void
  /** Grants bytes of a disk that a test makes small; throws when there are too few. */
  takeRoom?(bytes: number): void
}

const chunkBytes = 1024 * 1024

/** Makes the writer of a run's media files. */
export function createMediaFiles({ runDirectory, onWork, takeRoom }: CreateMediaFilesOptions): MediaFiles {
  const hasStrictNames = process.platform === 'win32'
  const staged: string[] = []
  const lastTexts = new Map<string, string>()

  function writeBytes(path: string, bytes: Uint8Array): void {
    const fileDescriptor = openSync(path, 'w')
    try {
      takeRoom?.(bytes.length)
      let written = 0
      while (written < bytes.length) {
        const length = Math.min(bytes.length - written, chunkBytes)
        written += writeSync(fileDescriptor, bytes, written, length)
        onWork()
      }
    } catch (error) {
      closeSync(fileDescriptor)
      rmSync(path, { force: true })
      throw error
    }
    closeSync(fileDescriptor)
  }

  function toTarget(place: MediaFilePlace, sha256: string): { path: string; target: string } {
    const path = toMediaPath({ ...place, sha256 }, hasStrictNames)
    const target = join(runDirectory, 'files', path)
    mkdirSync(dirname(target), { recursive: true })
    return { path, target }
  }

  return {
    store(content, place) {
      onWork()
      const encoded = encodeContent(content, onWork)
      if (encoded instanceof Uint8Array) {
        const sha256 = hashInParts(encoded, ['sha256'], onWork).sha256.toString('hex')
        const { path, target } = toTarget(place, sha256)
        writeBytes(target, encoded)
        return { path, sha256, sizeBytes: encoded.length }
      }
      const { digest, sizeBytes } = hashFileInParts(encoded.sourcePath, 'sha256', onWork)
      const sha256 = digest.toString('hex')
      const { path, target } = toTarget(place, sha256)
      placeFile(encoded.sourcePath, target, onWork)
      return { path, sha256, sizeBytes }
    },
    isNews(name, text) {
      const isNews = lastTexts.get(name) !== text
      lastTexts.set(name, text)
      return isNews
    },
    noteStaged(paths) {
      staged.push(...paths)
    },
    releaseStaged() {
      removeStaged(staged.splice(0))
    },
  }
}

/** Gives a file a second name; where the file system cannot, copies it. */
function placeFile(source: string, target: string, onWork: () => void): void {
  rmSync(target, { force: true })
  try {
    linkSync(source, target)
  } catch {
    copyInParts(source, target, onWork)
  }
}
