import { runFoldersOf } from '../run-folders.ts'
import { maybeSyncTarget } from '../sync/sync-target.ts'
import { isUnsent, readSyncedRuns } from '../sync/synced-runs.ts'
import type { Finding } from './finding.ts'

/** Whether runs wait to be sent to the server that is set. */
export async function checkSyncs(dataDirectory: string): Promise<Finding> {
  const target = maybeSyncTarget({})
  if (target === undefined) {
    return { subject: 'sync', status: 'ok', detail: 'no other server is set; runs stay here' }
  }
  let count = 0
  for await (const synced of readSyncedRuns(runFoldersOf(dataDirectory), target)) {
    if (isUnsent(synced)) count += 1
  }
  if (count === 0) return { subject: 'sync', status: 'ok', detail: `${target.baseUrl} has all runs` }
  const detail = `${count} ${count === 1 ? 'run waits' : 'runs wait'} to be sent to ${target.baseUrl}`
  return { subject: 'sync', status: 'warning', detail, hint: 'Send with: lossline sync' }
}
