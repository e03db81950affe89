import { parentPort } from 'node:worker_threads'
import { makeThumbnail } from './make-thumbnail.ts'

/** What the thread is asked. */
export interface ThumbnailQuestion {
  readonly bytes: Uint8Array
  readonly height: number
}

parentPort?.on('message', ({ bytes, height }: ThumbnailQuestion) => {
  parentPort?.postMessage(makeThumbnail(bytes, height))
})
