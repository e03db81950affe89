import { randomBytes } from 'node:crypto'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { confirmRun, hasFailures, isLeftToSend, readSyncReceipt, readSyncState, systemClock } from '@lossline/journal'
import { digestOf } from './receipt.ts'
import { authorizationOf, type SyncTarget } from './sync-target.ts'
import type { SyncedRun } from './synced-runs.ts'

/** What became of a run folder that was to be removed. */
export interface CleanReport {
  readonly runId: string
  readonly directory: string
  readonly status: 'removed' | 'would-be-removed' | 'kept'
  /** Why it was kept. */
  readonly reasons: readonly string[]
}

/**
 * Removes the folder of a run that a server confirmed wholly: after the state says so, the journal is still the one that was
 * sent, no file beside it is unknown to the server, and the server was asked once more. Never rejects.
 */
export async function cleanRun(
  synced: SyncedRun,
  target: SyncTarget,
  { isDryRun, signal }: { readonly isDryRun: boolean; readonly signal: AbortSignal },
): Promise<CleanReport> {
  const { runId, directory } = synced.run
  const reasons = await findReasonsToKeep(synced, target, signal).catch((error: unknown) => [
    error instanceof Error ? error.message : String(error),
  ])
  if (reasons.length > 0) return { runId, directory, status: 'kept', reasons }
  if (isDryRun) return { runId, directory, status: 'would-be-removed', reasons }
  try {
    // Half a folder must not look like a run: names with a dot in front are looked for by nobody.
    const doomed = join(dirname(directory), `.removed-${basename(directory)}-${randomBytes(4).toString('hex')}`)
    await rename(directory, doomed)
    await rm(doomed, { recursive: true, force: true })
    if (synced.place.isForeign) await rm(synced.place.directory, { recursive: true, force: true })
    return { runId, directory, status: 'removed', reasons }
  } catch (error) {
    return { runId, directory, status: 'kept', reasons: [error instanceof Error ? error.message : String(error)] }
  }
}

async function findReasonsToKeep(
  { run, place }: SyncedRun,
  target: SyncTarget,
  signal: AbortSignal,
): Promise<string[]> {
  const strangers = await findStrangers(run.directory, basename(run.journalPath))
  if (strangers.length > 0) return [`its folder holds more than the run: ${strangers.slice(0, 5).join(', ')}`]
  const { size } = await stat(run.journalPath)
  const state = await readSyncState(place.directory, target.stateKey)
  const receipt = await readSyncReceipt(place.directory, target.stateKey)
  if (state === undefined || receipt === undefined) return ['it was not sent']
  if (!state.isExitSent) return ['it has no end yet']
  if (isLeftToSend(state, size) || state.journalOffset !== size) return ['its journal has grown since it was sent']
  if (hasFailures(state)) return ['some of its files or artifacts were not taken']
  if (receipt.status !== 'sent') return ['some of what it holds could not be sent']
  if (receipt.digest !== `sha256:${await digestOf(run.journalPath, size)}`)
    return ['its journal has changed since it was sent']
  const unknown = await findUnknownFiles(run.directory, new Set(state.uploadedFiles))
  if (unknown.length > 0) return [`it holds files that were never sent: ${unknown.slice(0, 5).join(', ')}`]
  const { baseUrl, overrides } = target
  return confirmRun({
    graphql: { baseUrl, headers: authorizationOf(target), fetch, clock: systemClock, signal },
    runDirectory: run.directory,
    state,
    runId: overrides.runId ?? run.runId,
    historyRowCount: Number(receipt.historyRowCount ?? 0),
  })
}

/** What our writer and W&B's client put into a run's folder, besides its journal. */
const ownNames = ['artifacts', 'files', 'logs', 'media-staging', 'process.json', 'stop.json', 'sync.json', 'tmp']

/** Names in a folder that no writer of that run made: the folder may be anybody's, and is not ours to remove. */
async function findStrangers(directory: string, journalName: string): Promise<string[]> {
  const known = new Set([...ownNames, journalName, `${journalName}.synced`, `${journalName}.syncstate`])
  return (await readdir(directory)).filter((name) => !known.has(name) && !/^sync\.json\..*\.tmp$/.test(name))
}

/** Files below `files/` that the server was not given. */
async function findUnknownFiles(directory: string, sent: ReadonlySet<string>): Promise<string[]> {
  const root = join(directory, 'files')
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((name) => !sent.has(name))
}
