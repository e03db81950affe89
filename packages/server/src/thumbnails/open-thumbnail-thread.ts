import { Worker } from 'node:worker_threads'
import { loaderArguments } from '@lossline/journal'
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

/** A picture of a hundred million pixels takes two seconds; what takes longer is built to. */
const jobMsMax = 15_000
const idleMsMax = 30_000
/** The rows of a PNG and the blocks of a JPEG lie beside the heap. */
const heapMegabytesMax = 256

/** Starts a thread when it is first asked, and again after it has ended. */
export function openThumbnailThread(): ThumbnailThread {
  let worker: Worker | undefined
  let idleTimer: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let isClosed = false

  const end = async (): Promise<void> => {
    clearTimeout(idleTimer)
    const ending = worker
    worker = undefined
    await ending?.terminate()
  }

  const ask = (bytes: Uint8Array<ArrayBuffer>, height: number): Promise<Uint8Array | undefined> => {
    if (isClosed) return Promise.resolve(undefined)
    clearTimeout(idleTimer)
    worker ??= startWorker()
    const asked = worker
    return new Promise((resolve) => {
      const settle = (thumbnail: Uint8Array | undefined): void => {
        clearTimeout(lateTimer)
        asked.removeAllListeners()
        // What a thread still says that is being ended, nobody hears.
        asked.on('error', () => undefined)
        resolve(thumbnail)
      }
      // Out of memory, or lost in a picture: the next one gets a new thread.
      const giveUp = (): void => {
        settle(undefined)
        if (worker === asked) void end()
      }
      const lateTimer = setTimeout(giveUp, jobMsMax)
      asked.on('error', giveUp)
      asked.on('exit', giveUp)
      asked.on('message', settle)
      asked.postMessage({ bytes, height } satisfies ThumbnailQuestion, [bytes.buffer])
    })
  }

  return {
    make(bytes, height) {
      const made = turn.then(() => ask(bytes, height))
      turn = made.then(() => {
        idleTimer = setTimeout(() => void end(), idleMsMax)
        idleTimer.unref()
      })
      return made
    },
    async close() {
      isClosed = true
      await end()
      await turn
      clearTimeout(idleTimer)
    },
  }
}

function startWorker(): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`./thumbnail-thread.${extension}`, import.meta.url), {
    name: 'lossline-thumbnails',
    execArgv: loaderArguments(),
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytesMax },
  })
  worker.unref()
  return worker
}
