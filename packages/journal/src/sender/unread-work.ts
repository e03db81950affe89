import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { openJournalReader } from '../reader/journal-reader.ts'
import { toUnsentWork, type UnsentItem, type UnsentWork } from './uploads/unsent.ts'

// Somebody waits for the answer at the end of a program.
const readTimeMaxMs = 2_000

/**
 * What the part of a journal that a sender has not read holds for a server.
 *
 * @param from - Offset up to which it was read.
 */
export async function readUnreadWork(runDirectory: string, journalPath: string, from: number): Promise<UnsentWork> {
  let rowCount = 0
  const fileNames = new Set<string>()
  const artifacts: UnsentItem[] = []
  let isAtLeast = false
  const startMs = performance.now()
  for await (const events of openJournalReader(journalPath, { from }).batches()) {
    isAtLeast = performance.now() - startMs > readTimeMaxMs
    if (isAtLeast) break
    for (const event of events) {
      if (event.kind !== 'record') continue
      const { record } = event
      if (record.kind === 'history') rowCount += 1
      else if (record.kind === 'files') for (const { path = '' } of record.files.files ?? []) fileNames.add(path)
      else if (record.kind === 'artifact') {
        const entries = record.artifact.manifest?.contents ?? []
        const bytes = entries.reduce((sum, { localPath, size = 0 }) => sum + (localPath ? Number(size) : 0), 0)
        artifacts.push({ name: record.artifact.name ?? '', bytes })
      }
    }
  }
  const files: UnsentItem[] = []
  for (const name of fileNames) {
    const file = await stat(join(runDirectory, 'files', name)).catch(() => undefined)
    if (file?.isFile()) files.push({ name, bytes: file.size })
  }
  return toUnsentWork(rowCount, files, artifacts, isAtLeast)
}
