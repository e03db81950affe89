import { openJournalReader } from './journal-reader.ts'

// The record of the run stands at the front, and a server asks this of every folder that it finds.
const chunkBytes = 16 * 1024

/**
 * The run from which a journal's run was forked, by its id: a server has to have that one first.
 *
 * @returns undefined for a run that was not forked, and where the journal cannot be read or does not say yet.
 */
export async function readBranchParent(journalPath: string): Promise<string | undefined> {
  try {
    for await (const events of openJournalReader(journalPath, { chunkBytes }).batches()) {
      for (const event of events) {
        if (event.kind !== 'record' || event.record.kind !== 'run') continue
        const { runId, branchPoint } = event.record.run
        return branchPoint?.run === runId || branchPoint?.run === '' ? undefined : branchPoint?.run
      }
    }
  } catch {
    // Whoever reads the rest is told.
  }
  return undefined
}
