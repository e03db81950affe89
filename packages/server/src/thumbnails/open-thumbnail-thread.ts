import { openJobThread } from '../threads/open-job-thread.ts'
import type { ThumbnailQuestion } from './thumbnail-thread.ts'

/** A thread that makes thumbnails, one after the other. */
export interface ThumbnailThread {
  /**
   * @param bytes - Of the picture; their memory goes to the thread.
   * @returns undefined where the picture itself is to be shown.
   */
  make(bytes: Uint8Array<ArrayBuffer>, height: number): Promise<Uint8Array | undefined>
  close(): Promise<void>
}

/** Starts a thread when it is first asked, and again after it has ended. */
export function openThumbnailThread(): ThumbnailThread {
  const thread = openJobThread<ThumbnailQuestion, Uint8Array | undefined>({
    name: 'lossline-thumbnails',
    module: new URL('./thumbnail-thread', import.meta.url),
    // A picture of a hundred million pixels takes two seconds; what takes longer is built to.
    jobMsMax: 15_000,
  })
  return {
    // Out of memory, or lost in a picture.
    make: (bytes, height) => thread.ask({ bytes, height }, [bytes.buffer]).catch(() => undefined),
    close: thread.close,
  }
}
