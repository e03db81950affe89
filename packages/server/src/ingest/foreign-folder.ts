import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Liveness } from '@lossline/journal'
import type { RunFolder } from './find-run-folders.ts'
import type { JournalHolders } from './journal-holders.ts'

/** Where it is kept how far the run of a watched folder was read: below the data folder, since nothing is written there. */
export function foreignStateDirectory(dataDirectory: string, { journalPath }: RunFolder): string {
  const digest = createHash('sha256').update(journalPath).digest('hex').slice(0, 16)
  return join(dataDirectory, 'watched', `${basename(journalPath, '.wandb')}-${digest}`)
}

/**
 * Looks whether W&B's client still writes a folder: by its process on this machine. One that was seen once and has gone is
 * gone; one that was never seen may be another machine's.
 */
export function createForeignLiveness({ journalPath }: RunFolder, holders: JournalHolders): () => Promise<Liveness> {
  let wasHeld = false
  return async () => {
    if (await holders.isHeld(journalPath)) {
      wasHeld = true
      return 'alive'
    }
    return wasHeld ? 'gone' : 'unknown'
  }
}

/** Files that W&B's client writes at once, while its journal grows by blocks of 32 KiB. */
const promptFiles = ['logs/debug-internal.log', 'logs/debug.log', 'files/output.log', 'files/wandb-summary.json']

/** When something in a run folder was last written, Unix milliseconds; 0 if nothing is there. */
export async function lastWrittenMs({ runDirectory, journalPath }: RunFolder): Promise<number> {
  const paths = [journalPath, ...promptFiles.map((name) => join(runDirectory, name))]
  const files = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)))
  return Math.max(0, ...files.map((file) => file?.mtimeMs ?? 0))
}
