import { runFoldersOf } from '../run-folders.ts'
import { findUnsent, isUnsent } from '../sync/find-unsent.ts'
import { maybeSyncTarget } from '../sync/sync-target.ts'
import type { Finding } from './finding.ts'

/** Whether runs wait to be sent to the server that is set. */
export async function checkSyncs(dataDirectory: string): Promise<Finding> {
  const target = maybeSyncTarget({})
  if (target === undefined) {
    return { subject: 'sync', status: 'ok', detail: 'no other server is set; runs stay here' }
  }
  let count = 0
  // One after the other: each opens a journal, and there may be thousands.
  for (const run of runFoldersOf(dataDirectory)) {
    if (isUnsent(await findUnsent(run, target.stateKey))) count += 1
  }
  if (count === 0) return { subject: 'sync', status: 'ok', detail: `${target.baseUrl} has all runs` }
  const detail = `${count} ${count === 1 ? 'run waits' : 'runs wait'} to be sent to ${target.baseUrl}`
  return { subject: 'sync', status: 'warning', detail, hint: 'Send with: lossline sync' }
}
