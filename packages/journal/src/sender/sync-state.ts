import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
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
  /** The same of system metrics and of console lines. */
  readonly eventsStart: number
  readonly consoleStart: number
  readonly isExitSent: boolean
  /** Files uploaded for good. */
  readonly uploadedFiles: readonly string[]
  /** Files that the server did not take; the next sender tries them again. */
  readonly failedFiles: readonly string[]
  /** What became of the artifacts, by the offset of their records in the journal. Those that wait are missing. */
  readonly artifacts: Readonly<Record<string, ArtifactSyncState>>
  /** Files and artifacts whose records were read and that were not done yet. */
  readonly waitingCount: number
  readonly entity: string
  readonly project: string
  readonly displayName: string
}

/** What became of an artifact of a run. One that has failed is tried again by the next sender. */
export type ArtifactSyncState =
  | { readonly state: 'saved'; readonly name: string; readonly id: string }
  | { readonly state: 'failed'; readonly name: string; readonly message: string; readonly clientId?: string }

// Version 1 knew no artifacts; what it says about everything else is the same.
const version = 2
const readableVersions: ReadonlySet<unknown> = new Set([1, version])

/** What the `sync.json` of a folder says about a server; undefined if it says nothing that can be understood. */
export async function readSyncState(directory: string, baseUrl: string): Promise<SyncState | undefined> {
  const entry = (await readServers(directory))[baseUrl]
  if (!isJsonObject(entry)) return undefined
  const { journalOffset, historyStart, isExitSent, uploadedFiles } = entry
  if (!isCount(journalOffset) || !isCount(historyStart)) return undefined
  return {
    journalOffset,
    historyStart,
    eventsStart: isCount(entry.eventsStart) ? entry.eventsStart : 0,
    consoleStart: isCount(entry.consoleStart) ? entry.consoleStart : 0,
    isExitSent: isExitSent === true,
    uploadedFiles: toTexts(uploadedFiles),
    failedFiles: toTexts(entry.failedFiles),
    artifacts: toArtifactStates(entry.artifacts),
    waitingCount: isCount(entry.waitingCount) ? entry.waitingCount : 0,
    entity: textAt(entry, 'entity'),
    project: textAt(entry, 'project'),
    displayName: textAt(entry, 'displayName'),
  }
}

/**
 * Puts the state of one server into `sync.json`: written under another name, synced, renamed. Other servers' stay, and so
 * does the receipt.
 */
export async function writeSyncState(directory: string, baseUrl: string, state: SyncState): Promise<void> {
  // Only texts, numbers and their lists and objects.
  await changeEntry(directory, baseUrl, state as unknown as JsonObject)
}

/** Keeps a receipt beside the state of a server: what somebody was told that the server has. */
export async function writeSyncReceipt(directory: string, baseUrl: string, receipt: JsonObject): Promise<void> {
  await changeEntry(directory, baseUrl, { receipt })
}

/** The receipt that was kept last; undefined if there is none. */
export async function readSyncReceipt(directory: string, baseUrl: string): Promise<JsonObject | undefined> {
  const { receipt } = objectAt((await readServers(directory))[baseUrl])
  return isJsonObject(receipt) ? receipt : undefined
}

async function changeEntry(directory: string, baseUrl: string, change: JsonObject): Promise<void> {
  const before = await readServers(directory)
  const servers = { ...before, [baseUrl]: { ...objectAt(before[baseUrl]), ...change } }
  const path = join(directory, 'sync.json')
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

/** Why artifacts of a run were not taken, by their client ids, as far as its `sync.json` says it. */
export function readFailedArtifactsSync(directory: string): ReadonlyMap<string, string> {
  const failed = new Map<string, string>()
  let servers: JsonObject = {}
  try {
    servers = serversIn(readFileSync(join(directory, 'sync.json'), 'utf8'))
  } catch {
    // Nobody has sent anything of the run yet.
  }
  for (const server of Object.values(servers)) {
    for (const state of Object.values(toArtifactStates(objectAt(server).artifacts))) {
      if (state.state === 'failed' && state.clientId !== undefined) failed.set(state.clientId, state.message)
    }
  }
  return failed
}

async function readServers(directory: string): Promise<JsonObject> {
  try {
    return serversIn(await readFile(join(directory, 'sync.json'), 'utf8'))
  } catch {
    // Missing or unreadable: everything is sent again, which does no harm.
    return {}
  }
}

/**
 * Whether a server lacks something of a run, by what `sync.json` says. What was tried and failed does not count.
 *
 * @param journalBytes - Size of the run's journal.
 */
export function isLeftToSend(state: SyncState | undefined, journalBytes: number): boolean {
  return state === undefined || state.journalOffset < journalBytes || state.waitingCount > 0
}

/** Whether something of a run was tried and not taken; a sender with `retriesFailed` tries it again. */
export function hasFailures(state: SyncState): boolean {
  return state.failedFiles.length > 0 || Object.values(state.artifacts).some((artifact) => artifact.state === 'failed')
}

function serversIn(text: string): JsonObject {
  const value = parseJson(text)
  return readableVersions.has(objectAt(value).version) ? objectAt(value, 'servers') : {}
}

function toTexts(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function toArtifactStates(value: JsonValue | undefined): Record<string, ArtifactSyncState> {
  const states: Record<string, ArtifactSyncState> = {}
  for (const [key, entry] of Object.entries(objectAt(value))) {
    const object = objectAt(entry)
    const name = textAt(object, 'name')
    if (object.state === 'saved' && textAt(object, 'id') !== '') {
      states[key] = { state: 'saved', name, id: textAt(object, 'id') }
    } else if (object.state === 'failed') {
      const clientId = textAt(object, 'clientId')
      const message = textAt(object, 'message')
      states[key] = { state: 'failed', name, message, ...(clientId === '' ? {} : { clientId }) }
    }
  }
  return states
}

function isCount(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
