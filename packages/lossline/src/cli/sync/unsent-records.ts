import { readSyncState } from '@lossline/journal'
import type { RunFolder } from '../run-folders.ts'

/**
 * Bytes of a run's journal that a server has not acknowledged, as far as the run's `sync.json` tells.
 *
 * @param baseUrl - Without a slash at its end.
 */
export async function countUnsentBytes(run: RunFolder, baseUrl: string): Promise<number> {
  const state = await readSyncState(run.directory, baseUrl)
  return Math.max(0, run.journalBytes - (state?.journalOffset ?? 0))
}
