import { fromPlainError } from './content-worker-messages.ts'
import { contentWorkerCountMax, runContentJob } from './content-workers.ts'
import { type KeepFileOptions, type KeptFile, keepFileSync } from './keep-file.ts'

/** A file to keep, whose size is about known. */
export interface SizedKeepFileOptions extends KeepFileOptions {
  readonly sizeBytes: number
}

/** Who is told what becomes of files. */
export interface KeepFilesOptions {
  /** Told of each file as soon as it is kept, by its position in the list. */
  onKept?(position: number, kept: KeptFile): void
  /** Told of each file that fails; the others are kept then. Without it the first failure ends all. */
  onFailed?(position: number, error: Error): void
}

// What takes a thread less time than being woken for it is done at once.
const bytesWithoutWorkers = 256 * 1024
const filesWithoutWorkers = 4
// Small files go to a worker many at a time, large ones alone.
const jobFileCountMax = 64
const jobBytesMax = 8 * 2 ** 20

/**
 * Hashes files and keeps their contents, with a thread for each core; all calls of a process share the threads. At most
 * one piece of a file (1 MiB) for each thread is in memory at a time.
 *
 * @returns the files, in the order of the list; without those that {@link KeepFilesOptions.onFailed} was told of.
 * @throws {@link ArtifactFileError} of the first file that fails, unless there is an `onFailed`. No further ones are begun
 *   then.
 */
export async function keepFiles(
  files: readonly SizedKeepFileOptions[],
  { onKept, onFailed }: KeepFilesOptions = {},
): Promise<KeptFile[]> {
  const all = new Map<number, KeptFile>()
  let failure: unknown

  function note(position: number, kept: KeptFile): void {
    all.set(position, kept)
    onKept?.(position, kept)
  }
  function fail(position: number, error: Error): void {
    if (onFailed === undefined) failure ??= error
    else onFailed(position, error)
  }

  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  if (files.length <= filesWithoutWorkers && bytes <= bytesWithoutWorkers) {
    for (const [position, file] of files.entries()) {
      try {
        note(position, keepFileSync(file))
      } catch (error) {
        if (!(error instanceof Error)) throw error
        fail(position, error)
        if (failure !== undefined) break
      }
    }
  } else {
    const jobs = toJobs(files)[Symbol.iterator]()
    const work = async (): Promise<void> => {
      for (const positions of jobs) {
        if (failure !== undefined) return
        const wanted = positions.map((position) => toOptions(files, position))
        try {
          const outcomes = await runContentJob({ kind: 'files', files: wanted, isEachTried: onFailed !== undefined })
          for (const [index, outcome] of outcomes.entries()) {
            const position = positions[index] as number
            if ('kept' in outcome) note(position, outcome.kept)
            else fail(position, fromPlainError(outcome.failure))
          }
        } catch (error) {
          // The worker is gone; whoever else works stops too.
          failure ??= error
        }
      }
    }
    // No more jobs at a time than there are threads, so that other calls have their turns.
    await Promise.all(Array.from({ length: contentWorkerCountMax }, work))
  }
  if (failure !== undefined) throw failure
  return files.flatMap((_, position) => all.get(position) ?? [])
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
