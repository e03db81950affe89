import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import { openJournalReader } from '@lossline/journal'
import type { RunFolder } from '../run-folders.ts'

// The header is the first record, and there may be thousands of journals to look at.
const headerBytes = 1024

/** Whose a run folder is, and where it is kept how far it was sent. */
export interface StatePlace {
  /** Whether another client, such as W&B's for Python, wrote the run. */
  readonly isForeign: boolean
  /** Folder of `sync.json`: the run's own, or for a foreign one, in which nothing is changed, a folder of the user's. */
  readonly directory: string
}

/**
 * Looks at the first record of a journal: it says who writes.
 *
 * @param stateHome - The user's folder for what programs keep from run to run.
 */
export async function statePlaceOf({ directory, journalPath }: RunFolder, stateHome: string): Promise<StatePlace> {
  const producer = await readProducer(journalPath)
  if (producer?.startsWith('lossline/')) return { isForeign: false, directory }
  return { isForeign: true, directory: join(stateHome, 'lossline', 'sync', nameOf(journalPath)) }
}

async function readProducer(journalPath: string): Promise<string | undefined> {
  try {
    for await (const events of openJournalReader(journalPath, { chunkBytes: headerBytes }).batches()) {
      const [event] = events
      if (event?.kind !== 'record' || event.record.kind !== 'header') return undefined
      return event.record.header.versionInfo?.producer
    }
  } catch {
    // Whoever sends it says what is wrong.
  }
  return undefined
}

/** Two paths to one journal have one name. */
function nameOf(journalPath: string): string {
  const digest = createHash('sha256').update(realpathSync(journalPath)).digest('hex')
  return `${basename(journalPath, '.wandb')}-${digest.slice(0, 16)}`
}
