import type { RunRecord } from '@lossline/protocol'
import { openJournalReader } from './journal-reader.ts'

// The record of the run stands at the front, and a server asks this of every folder that it finds.
const chunkBytes = 16 * 1024

/**
 * What a journal says first of its run.
 *
 * @returns undefined where the journal cannot be read or does not say yet.
 */
export async function readRunRecord(journalPath: string): Promise<RunRecord | undefined> {
  try {
    for await (const events of openJournalReader(journalPath, { chunkBytes }).batches()) {
      for (const event of events) {
        if (event.kind === 'record' && event.record.kind === 'run') return event.record.run
      }
    }
  } catch {
    // Whoever reads the rest is told.
  }
  return undefined
}
