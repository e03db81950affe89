import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { hasFailures, isLeftToSend, readSyncState, type SyncState } from '@lossline/journal'
import type { RunFolder } from '../run-folders.ts'
import { type StatePlace, statePlaceOf } from './state-place.ts'
import type { SyncTarget } from './sync-target.ts'

type SyncedTarget = Pick<SyncTarget, 'stateKey' | 'stateHome'>

/** A run together with how far it was sent to a server, by its `sync.json`. */
export interface SyncedRun {
  readonly run: RunFolder
  readonly place: StatePlace
  /** Undefined: nothing was sent yet. */
  readonly state: SyncState | undefined
  /** Bytes of the journal that the server has not acknowledged. */
  readonly unsentBytes: number
  /** Files and artifacts that are to be sent, or were refused and are to be tried again. */
  readonly unsentUploadCount: number
}

/**
 * Reads how far runs were sent, one after the other: each opens a journal, and there may be thousands. A folder that somebody
 * removes meanwhile is left out.
 *
 * @param target - Names the server, and says where its state is kept.
 */
export async function* readSyncedRuns(folders: readonly RunFolder[], target: SyncedTarget): AsyncGenerator<SyncedRun> {
  for (const folder of folders) {
    let synced: SyncedRun
    try {
      synced = await readSyncedRun(folder, target)
    } catch (error) {
      if (existsSync(folder.journalPath)) throw error
      continue
    }
    yield synced
  }
}

async function readSyncedRun(run: RunFolder, { stateKey, stateHome }: SyncedTarget): Promise<SyncedRun> {
  const place = await statePlaceOf(run, stateHome)
  const state = await readSyncState(place.directory, stateKey)
  const { size } = await stat(run.journalPath)
  const failedArtifacts = Object.values(state?.artifacts ?? {}).filter((artifact) => artifact.state === 'failed')
  return {
    run,
    place,
    state,
    unsentBytes: Math.max(0, size - (state?.journalOffset ?? 0)),
    unsentUploadCount: (state?.waitingCount ?? 0) + (state?.failedFiles.length ?? 0) + failedArtifacts.length,
  }
}

/** Whether the server lacks something of a run that sending could bring there. */
export function isUnsent({ state, unsentBytes }: SyncedRun): boolean {
  // The size of the journal is in `unsentBytes`.
  return unsentBytes > 0 || isLeftToSend(state, 0) || (state !== undefined && hasFailures(state))
}
