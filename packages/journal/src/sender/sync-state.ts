import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '@lossline/protocol'
import { objectAt, textAt } from './graphql.ts'

/** How far a run has been sent to one server. */
export interface SyncState {
  /** Everything before this offset of the journal has been acknowledged. */
  readonly journalOffset: number
  /** Number of the run's first history line on the server: not 0 for a run that goes on. */
  readonly historyStart: number
  readonly isExitSent: boolean
  /** Files uploaded for good. */
  readonly uploadedFiles: readonly string[]
  readonly entity: string
  readonly project: string
  readonly displayName: string
}

const version = 1

/** What `sync.json` of a run folder says about a server; undefined if it says nothing that can be understood. */
export async function readSyncState(runDirectory: string, baseUrl: string): Promise<SyncState | undefined> {
  const entry = (await readServers(runDirectory))[baseUrl]
  if (!isJsonObject(entry)) return undefined
  const { journalOffset, historyStart, isExitSent, uploadedFiles } = entry
  if (!isCount(journalOffset) || !isCount(historyStart)) return undefined
  return {
    journalOffset,
    historyStart,
    isExitSent: isExitSent === true,
    uploadedFiles: Array.isArray(uploadedFiles) ? uploadedFiles.map(String) : [],
    entity: textAt(entry, 'entity'),
    project: textAt(entry, 'project'),
    displayName: textAt(entry, 'displayName'),
  }
}

/** Puts the state of one server into `sync.json`: written under another name, synced, renamed. Other servers' stay. */
export async function writeSyncState(runDirectory: string, baseUrl: string, state: SyncState): Promise<void> {
  const servers = { ...(await readServers(runDirectory)), [baseUrl]: state as unknown as JsonObject }
  const path = join(runDirectory, 'sync.json')
  const temporaryPath = `${path}.${randomBytes(4).toString('hex')}.tmp`
  const file = await open(temporaryPath, 'wx')
  try {
    await file.writeFile(`${JSON.stringify({ version, servers }, undefined, 2)}\n`)
    await file.datasync()
  } finally {
    await file.close()
  }
  await rename(temporaryPath, path)
}

async function readServers(runDirectory: string): Promise<JsonObject> {
  try {
    const value = parseJson(await readFile(join(runDirectory, 'sync.json'), 'utf8'))
    return objectAt(value).version === version ? objectAt(value, 'servers') : {}
  } catch {
    // Missing or unreadable: everything is sent again, which does no harm.
    return {}
  }
}

function isCount(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
