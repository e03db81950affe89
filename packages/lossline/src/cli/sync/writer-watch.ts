import { statSync } from 'node:fs'
import { runProcessLiveness } from '@lossline/journal'
import type { RunFolder } from '../run-folders.ts'

/**
 * What is known of whoever writes a run: `silent` is a process that cannot be looked at (another machine's, or one of W&B's
 * client, which leaves no trace of its own) and has written nothing for long.
 */
export type WriterState = 'there' | 'gone' | 'silent'

// W&B's client writes system metrics every 15 s, and this many minutes are what a server waits for a sign of life.
export const silenceMaxMs: number = 5 * 60_000

/** Looks at a run's folder for a sign that somebody still writes it. */
export function writerStateOf({ directory, journalPath }: RunFolder, nowMs: number): WriterState {
  const liveness = runProcessLiveness(directory)
  if (liveness !== 'unknown') return liveness === 'gone' ? 'gone' : 'there'
  const journal = statSync(journalPath, { throwIfNoEntry: false })
  if (journal === undefined) return 'gone'
  return nowMs - journal.mtimeMs > silenceMaxMs ? 'silent' : 'there'
}
