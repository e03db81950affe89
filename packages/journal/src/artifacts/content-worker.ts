import { parentPort } from 'node:worker_threads'
import { type ContentJob, type FileOutcome, type KeepFilesJob, toPlainError } from './content-worker-messages.ts'
import { keepFileSync } from './keep-file.ts'

parentPort?.on('message', (job: ContentJob) => {
  parentPort?.postMessage(keepFiles(job))
})

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
