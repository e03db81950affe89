import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type ContentJob, type ContentJobResult, fromPlainError } from './content-worker-messages.ts'
import { type KeepFileOptions, type KeptFile, keepFileSync } from './keep-file.ts'

/** A file to keep, whose size is about known. */
export interface SizedKeepFileOptions extends KeepFileOptions {
  readonly sizeBytes: number
}

// What takes a thread less time than being woken for it is done at once.
const bytesWithoutWorkers = 256 * 1024
const filesWithoutWorkers = 4
// Small files go to a worker many at a time, large ones alone.
const jobFileCountMax = 64
const jobBytesMax = 8 * 2 ** 20
const workerCountMax = 16
// Starting a worker costs some 30 ms; keeping one costs a few MB.
const idleMsMax = 2000

interface PoolWorker {
  readonly worker: Worker
  run(job: ContentJob): Promise<ContentJobResult>
}

const idleWorkers = new Set<PoolWorker>()
let idleTimer: NodeJS.Timeout | undefined

/**
 * Hashes files and keeps their contents, with a thread for each core. At most one piece of a file (1 MiB) for each thread
 * is in memory at a time.
 *
 * @param onKept - Told of each file as soon as it is kept, by its position in the list.
 * @returns the files, in the order of the list.
 * @throws {@link ArtifactFileError} of the first file that fails; the others are left alone then.
 */
export async function keepFiles(
  files: readonly SizedKeepFileOptions[],
  onKept: (position: number, kept: KeptFile) => void = () => {},
): Promise<KeptFile[]> {
  const kept = new Array<KeptFile>(files.length)
  const note = (position: number, file: KeptFile): void => {
    kept[position] = file
    onKept(position, file)
  }
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  if (files.length <= filesWithoutWorkers && bytes <= bytesWithoutWorkers) {
    files.forEach((file, position) => {
      note(position, keepFileSync(file))
    })
    return kept
  }
  const jobs = toJobs(files)
  const workerCount = Math.min(jobs.length, availableParallelism(), workerCountMax)
  let next = 0
  let failure: Error | undefined

  async function work(): Promise<void> {
    const worker = takeWorker()
    try {
      for (let job = jobs[next]; job !== undefined && failure === undefined; job = jobs[next]) {
        next += 1
        const result = await worker.run({ files: job.map((position) => toOptions(files, position)) })
        result.kept.forEach((file, index) => {
          note(job[index] as number, file)
        })
        if (result.failure !== undefined) failure ??= fromPlainError(result.failure)
      }
      giveBack(worker)
    } catch (error) {
      // The worker is gone; whoever else works stops too.
      failure ??= error instanceof Error ? error : new Error(String(error))
    }
  }

  await Promise.all(Array.from({ length: workerCount }, work))
  if (failure !== undefined) throw failure
  return kept
}

/** Positions of files in groups for one worker each; large ones first, so that none is left to a single thread at the end. */
function toJobs(files: readonly SizedKeepFileOptions[]): number[][] {
  const sizeOf = (position: number): number => (files[position] as SizedKeepFileOptions).sizeBytes
  const positions = files.map((_, position) => position)
  const isLarge = (position: number): boolean => sizeOf(position) >= jobBytesMax
  const large = positions.filter(isLarge).sort((a, b) => sizeOf(b) - sizeOf(a))
  const jobs = large.map((position) => [position])
  let job: number[] = []
  let jobBytes = 0
  for (const position of positions) {
    if (isLarge(position)) continue
    if (job.length === jobFileCountMax || jobBytes + sizeOf(position) > jobBytesMax) {
      if (job.length > 0) jobs.push(job)
      job = []
      jobBytes = 0
    }
    job.push(position)
    jobBytes += sizeOf(position)
  }
  if (job.length > 0) jobs.push(job)
  return jobs
}

function toOptions(files: readonly SizedKeepFileOptions[], position: number): KeepFileOptions {
  const { path, dataDirectory, runDirectory, policy } = files[position] as SizedKeepFileOptions
  return { path, dataDirectory, runDirectory, policy }
}

function takeWorker(): PoolWorker {
  for (const worker of idleWorkers) {
    idleWorkers.delete(worker)
    return worker
  }
  return startWorker()
}

function giveBack(worker: PoolWorker): void {
  idleWorkers.add(worker)
  clearTimeout(idleTimer)
  idleTimer = setTimeout(() => {
    for (const { worker: idle } of idleWorkers) void idle.terminate()
    idleWorkers.clear()
  }, idleMsMax)
  idleTimer.unref()
}

function startWorker(): PoolWorker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`./content-worker.${extension}`, import.meta.url), {
    name: 'lossline-content',
    execArgv: process.execArgv.filter((argument) => /^(--conditions=|--(no|disable)-warning)/.test(argument)),
    trackUnmanagedFds: false,
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  })
  worker.unref()
  // An error between two jobs shows when the next one is waited for; it must not end the process.
  worker.on('error', () => idleWorkers.delete(pooled))
  const pooled: PoolWorker = {
    worker,
    run(job) {
      return new Promise((resolve, reject) => {
        const onExit = (): void => settle(() => reject(new Error('A thread that reads files has ended.')))
        const onError = (error: unknown): void => settle(() => reject(error))
        const onMessage = (result: ContentJobResult): void => settle(() => resolve(result))
        function settle(tell: () => void): void {
          worker.off('exit', onExit).off('error', onError).off('message', onMessage)
          // Only a worker that somebody waits for keeps the process alive.
          worker.unref()
          tell()
        }
        worker.on('exit', onExit).on('error', onError).on('message', onMessage)
        worker.ref()
        worker.postMessage(job)
      })
    },
  }
  return pooled
}
