import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { loaderArguments } from '../loader-arguments.ts'
import type { ContentJob, ContentJobResult } from './content-worker-messages.ts'

/** How many threads of a process read and encode contents at most, whoever asks for it. */
export const contentWorkerCountMax: number = Math.min(availableParallelism(), 16)
// Starting a worker costs some 30 ms; keeping one costs a few MB.
const idleMsMax = 2000

interface ContentWorker {
  readonly thread: Worker
  isGone: boolean
}

const idleWorkers = new Set<ContentWorker>()
const waiting: ((worker: ContentWorker) => void)[] = []
let workerCount = 0
let idleTimer: NodeJS.Timeout | undefined

/**
 * Has a job done by one of the threads, in the order of the calls when all of them are busy.
 *
 * @param buffers - Memory of the job that is handed over instead of copied.
 * @throws when the thread ends without an answer.
 */
export async function runContentJob<Job extends ContentJob>(
  job: Job,
  buffers: readonly ArrayBuffer[] = [],
): Promise<ContentJobResult<Job>> {
  const worker = await takeWorker()
  try {
    // The worker answers each kind of job in its own form.
    return (await runIn(worker.thread, job, buffers)) as ContentJobResult<Job>
  } finally {
    giveBack(worker)
  }
}

function takeWorker(): Promise<ContentWorker> {
  for (const worker of idleWorkers) {
    idleWorkers.delete(worker)
    return Promise.resolve(worker)
  }
  if (workerCount < contentWorkerCountMax) return Promise.resolve(startWorker())
  return new Promise((resolve) => {
    waiting.push(resolve)
  })
}

/** Hands a worker to whoever waits. */
function giveBack(worker: ContentWorker): void {
  const next = waiting.shift()
  if (next !== undefined) {
    next(worker.isGone ? startWorker() : worker)
    return
  }
  if (worker.isGone) return
  idleWorkers.add(worker)
  clearTimeout(idleTimer)
  idleTimer = setTimeout(() => {
    for (const idle of idleWorkers) {
      retire(idle)
      void idle.thread.terminate()
    }
  }, idleMsMax)
  idleTimer.unref()
}

function startWorker(): ContentWorker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const thread = new Worker(new URL(`./content-worker.${extension}`, import.meta.url), {
    name: 'lossline-content',
    execArgv: loaderArguments(),
    trackUnmanagedFds: false,
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  })
  thread.unref()
  const worker: ContentWorker = { thread, isGone: false }
  workerCount += 1
  // An error between two jobs must not end the process.
  thread.on('error', () => retire(worker)).on('exit', () => retire(worker))
  return worker
}

/** Takes a worker out of the count, so that another may be started for it. */
function retire(worker: ContentWorker): void {
  if (worker.isGone) return
  worker.isGone = true
  workerCount -= 1
  idleWorkers.delete(worker)
}

function runIn(thread: Worker, job: ContentJob, buffers: readonly ArrayBuffer[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => settle(() => reject(new Error('A thread that reads files has ended.')))
    const onError = (error: unknown): void => settle(() => reject(error))
    const onMessage = (result: unknown): void => settle(() => resolve(result))
    function settle(tell: () => void): void {
      thread.off('exit', onExit).off('error', onError).off('message', onMessage)
      // Only a worker that somebody waits for keeps the process alive.
      thread.unref()
      tell()
    }
    thread.on('exit', onExit).on('error', onError).on('message', onMessage)
    thread.ref()
    try {
      thread.postMessage(job, buffers)
    } catch (error) {
      // What cannot be handed to a thread.
      settle(() => reject(error))
    }
  })
}
