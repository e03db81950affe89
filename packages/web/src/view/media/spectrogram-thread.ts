import type { SoundSamples, Spectrogram } from './spectrogram.ts'

interface Job {
  readonly sound: SoundSamples
  resolve(spectrogram: Spectrogram): void
  reject(error: unknown): void
}

/** They are sent one by one: what waits in the thread has a copy of its samples there, and could not be taken back. */
let waiting: Job[] = []
let running: Job | undefined
let worker: Worker | undefined

/**
 * The spectrogram of a sound, worked out beside the page: one thread does one after the other.
 *
 * @param signal - Takes it out of those that wait; one that is being worked out is finished for nobody.
 * @throws Error where the browser could not start it, or the signal's reason.
 */
export function spectrogramBeside(sound: SoundSamples, signal: AbortSignal): Promise<Spectrogram> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    worker ??= startWorker()
    const job: Job = { sound, resolve, reject }
    waiting.push(job)
    signal.addEventListener('abort', () => {
      waiting = waiting.filter((other) => other !== job)
      reject(signal.reason)
    })
    if (running === undefined) sendNext(worker)
  })
}

function sendNext(thread: Worker): void {
  running = waiting.shift()
  if (running !== undefined) thread.postMessage(running.sound)
}

function startWorker(): Worker {
  const started = new Worker(new URL('./spectrogram-worker.ts', import.meta.url), { type: 'module' })
  started.onmessage = ({ data }: MessageEvent<Spectrogram>) => {
    running?.resolve(data)
    sendNext(started)
  }
  started.onerror = () => {
    for (const job of [running, ...waiting]) job?.reject(new Error('the browser stopped working it out.'))
    waiting = []
    running = undefined
    started.terminate()
    worker = undefined
  }
  return started
}
