import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createSender, isLeftToSend, readSyncState, runProcessLiveness } from '@lossline/journal'
import type { EarlierParts } from '../platform.ts'

/**
 * Sends what processes of a run that are gone have left unsent in this data folder, so that the run goes on from all that it
 * has logged. Bounded by the time given; what a server does not take then stays in the folder. Never rejects.
 */
export async function sendEarlierParts({ dataDirectory, runId, target, timeoutMs }: EarlierParts): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs)
  for (const runDirectory of listParts(join(dataDirectory, 'runs'), runId)) {
    if (signal.aborted) return
    const journalPath = join(runDirectory, `run-${runId}.wandb`)
    try {
      const sync = await readSyncState(runDirectory, target.baseUrl.replace(/\/+$/, ''))
      const isLeft = sync === undefined || isLeftToSend(sync, statSync(journalPath).size)
      // A process that lives sends by itself, and what another machine writes is not ours to send.
      if (!isLeft || runProcessLiveness(runDirectory) !== 'gone') continue
      const sender = createSender({ runDirectory, journalPath, target, follow: false, signal })
      await sender.run()
      await sender.close()
    } catch {
      // A folder that cannot be read has nothing to add.
    }
  }
}

/** Folders of the run, oldest first. */
function listParts(runs: string, runId: string): string[] {
  try {
    return readdirSync(runs)
      .filter((name) => /^run-\d{8}_\d{6}-/.test(name) && isOf(name, runId))
      .sort()
      .map((name) => join(runs, name))
  } catch {
    return []
  }
}

/** The id may be followed by a number, where several folders were made in one second. */
function isOf(name: string, runId: string): boolean {
  const rest = name.slice('run-20261124_101500-'.length)
  return rest === runId || (rest.startsWith(`${runId}-`) && /^\d+$/.test(rest.slice(runId.length + 1)))
}
