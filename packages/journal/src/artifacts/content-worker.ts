import { parentPort } from 'node:worker_threads'
import { type ContentJob, type ContentJobResult, toPlainError } from './content-worker-messages.ts'
import { type KeptFile, keepFileSync } from './keep-file.ts'

parentPort?.on('message', ({ files }: ContentJob) => {
  const kept: KeptFile[] = []
  let result: ContentJobResult = { kept }
  try {
    for (const file of files) kept.push(keepFileSync(file))
  } catch (error) {
    result = { kept, failure: toPlainError(error) }
  }
  parentPort?.postMessage(result)
})
