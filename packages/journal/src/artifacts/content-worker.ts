import { parentPort } from 'node:worker_threads'
import {
  type ContentJob,
  type FileOutcome,
  type KeepFilesJob,
  type KeepMediaJob,
  type MediaOutcome,
  toPlainError,
} from './content-worker-messages.ts'
import { keepFileSync } from './keep-file.ts'

parentPort?.on('message', async (job: ContentJob) => {
  parentPort?.postMessage(job.kind === 'files' ? keepFiles(job) : await keepMedia(job))
})

async function keepMedia({ media }: KeepMediaJob): Promise<MediaOutcome> {
  try {
    // Threads that only read files need no encoders, and start faster without.
    const { keepMediaSync } = await import('./keep-media.ts')
    return { files: keepMediaSync(media) }
  } catch (error) {
    return { failure: toPlainError(error) }
  }
}

function keepFiles({ files, isEachTried }: KeepFilesJob): FileOutcome[] {
  const outcomes: FileOutcome[] = []
  for (const file of files) {
    try {
      outcomes.push({ kept: keepFileSync(file) })
    } catch (error) {
      outcomes.push({ failure: toPlainError(error) })
      if (!isEachTried) break
    }
  }
  return outcomes
}
