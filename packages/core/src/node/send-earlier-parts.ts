import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  createSender,
  isLeftToSend,
  openJournalReader,
  readSyncState,
  runProcessLiveness,
  type SenderOptions,
  type SenderTarget,
} from '@lossline/journal'
import type { EarlierParts } from '../platform.ts'

/**
 * Sends what processes of a run that are gone have left unsent in this data folder, so that the run goes on from all that it
 * has logged. Bounded by the time given; what a server does not take then stays in the folder. Never rejects.
 */
export async function sendEarlierParts(parts: EarlierParts): Promise<void> {
  const { dataDirectory, runId, target, timeoutMs, onSending } = parts
  const signal = AbortSignal.timeout(timeoutMs)
  let isSaid = false
  for (const runDirectory of listParts(join(dataDirectory, 'runs'), runId)) {
    if (signal.aborted) return
    const journalPath = join(runDirectory, `run-${runId}.wandb`)
    try {
      const sync = await readSyncState(runDirectory, target.baseUrl.replace(/\/+$/, ''))
      const isLeft = sync === undefined || isLeftToSend(sync, statSync(journalPath).size)
      // A process that lives sends by itself, and what another machine writes is not ours to send.
      if (!isLeft || runProcessLiveness(runDirectory) !== 'gone') continue
      if (!(await isPartOf(journalPath, target))) continue
      if (!isSaid) onSending()
      isSaid = true
      await sendPart({ runDirectory, journalPath, target, follow: false, signal })
    } catch {
      // A folder that cannot be read has nothing to add.
    }
  }
}

async function sendPart(options: SenderOptions): Promise<void> {
  const sender = createSender(options)
  try {
    await sender.run()
  } finally {
    await sender.close()
  }
}

/** Whether the run of a journal is the one in the target's project: another project may have a run with the same id. */
async function isPartOf(journalPath: string, { project, entity }: SenderTarget): Promise<boolean> {
  for await (const event of openJournalReader(journalPath)) {
    if (event.kind !== 'record' || event.record.kind !== 'run') continue
    const { run } = event.record
    const isSameEntity = !entity || !run.entity || run.entity === entity
    return run.project === project && isSameEntity
  }
  return false
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
