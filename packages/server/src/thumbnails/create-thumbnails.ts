import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { ThumbnailHeight } from '@lossline/protocol'
import type { ThumbnailThread } from './open-thumbnail-thread.ts'
import { createThumbnailCache } from './thumbnail-cache.ts'

/** A picture as it was logged. */
export interface PictureContent {
  readonly sizeBytes: number
  /** Another one for other bytes. */
  readonly tag: string
  /** Undefined when it is gone. */
  read(): Promise<ReadableStream<Uint8Array> | undefined>
}

/** Pictures made small. */
export interface Thumbnails {
  /**
   * A PNG of this height.
   *
   * @param signal - Nobody waits any more.
   * @returns undefined where the picture itself is to be sent: it is small, of a kind that is not read, damaged; or too many
   * others wait.
   */
  of(content: PictureContent, height: ThumbnailHeight, signal: AbortSignal): Promise<Uint8Array | undefined>
}

/** Smaller files are as quickly sent as they are. */
export const thumbnailFromBytes: number = 64 * 2 ** 10
const pictureBytesMax = 64 * 2 ** 20
/** What all thumbnails may take on disk: some thousands of them. */
const cacheBytesMax = 512 * 2 ** 20
/** Who comes when so many wait gets the picture itself: that is quicker. */
const waitingMax = 64
/** Counts up when thumbnails look different: those from before are not found any more. */
const edition = 1

/** Thumbnails that are kept below a folder. */
export function createThumbnails(folder: string, thread: ThumbnailThread): Thumbnails {
  const cache = createThumbnailCache(join(folder, 'thumbnails'), cacheBytesMax)
  const making = new Map<string, Promise<Uint8Array | undefined>>()
  let turn: Promise<unknown> = Promise.resolve()

  const make = async (key: string, content: PictureContent, height: number): Promise<Uint8Array | undefined> => {
    const stream = await content.read()
    if (stream === undefined) return undefined
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
    const thumbnail = await thread.make(bytes, height)
    // That a picture has none is worth knowing too.
    await cache.put(key, thumbnail ?? new Uint8Array())
    return thumbnail
  }

  return {
    async of(content, height, signal) {
      if (content.sizeBytes < thumbnailFromBytes || content.sizeBytes > pictureBytesMax) return undefined
      const key = createHash('sha256').update(`${edition} ${height} ${content.sizeBytes} ${content.tag}`).digest('hex')
      const known = await cache.get(key)
      if (known !== undefined) return known.length === 0 ? undefined : known
      const under = making.get(key)
      if (under !== undefined) return under
      if (making.size >= waitingMax) return undefined
      // One picture is in memory at a time.
      const made = turn.then(() => (signal.aborted ? undefined : make(key, content, height)))
      turn = made.catch(() => undefined)
      making.set(key, made)
      return made.finally(() => making.delete(key))
    },
  }
}

/** For a server that has no folder: every picture is sent as it is. */
export const noThumbnails: Thumbnails = { of: async () => undefined }
