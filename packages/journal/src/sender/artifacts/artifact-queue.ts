import type { ArtifactRecord } from '@lossline/protocol'
import type { GraphqlOptions } from '../graphql.ts'
import type { RunAddress } from '../run-api.ts'
import { SendError } from '../send-error.ts'
import type { ArtifactSyncState } from '../sync-state.ts'
import { createLimiter, type Limiter } from '../uploads/limiter.ts'
import type { UnsentItem } from '../uploads/unsent.ts'
import { readArtifactInputFields } from './artifact-api.ts'
import { referencedClientIds, saveArtifact } from './save-artifact.ts'

/** An artifact as the journal has it. */
export interface QueuedArtifact {
  /** Names the record in `sync.json`: its offset in the journal. */
  readonly key: string
  readonly record: ArtifactRecord
  /** Step of the row that would have been logged next. */
  readonly nextStep: number
}

/** Saves artifacts beside everything else: those of one name in the order of the journal, others at the same time. */
export interface ArtifactQueue {
  /** Takes an artifact in. One whose state is known is left alone. */
  add(artifact: QueuedArtifact): void
  /** Begins, now that the run is known to the server. */
  start(address: RunAddress): void
  readonly unsent: readonly UnsentItem[]
  readonly isIdle: boolean
  readonly savedCount: number
  readonly sentBytes: number
  /** By key: what `sync.json` keeps. */
  readonly states: Readonly<Record<string, ArtifactSyncState>>
  /** Resolves when nothing is being saved any more. */
  settled(): Promise<void>
}

export interface CreateArtifactQueueOptions {
  readonly runDirectory: string
  /** Further folders in which staged files are looked for. */
  readonly stagedDirectories: readonly string[]
  /** Waited for before each artifact is saved. */
  readonly artifactTurn: (() => Promise<void>) | undefined
  readonly graphql: GraphqlOptions
  readonly isInProcess: boolean
  readonly limit: Limiter
  /** What earlier senders noted. */
  readonly states: Readonly<Record<string, ArtifactSyncState>>
  /** Whether an earlier sender was here, which may have come further than it could note. */
  readonly isResumed: boolean
  /** Told when an artifact is saved, has failed, or has moved on by some bytes. */
  onChange(): void
  /** Told of an artifact that could not be saved. */
  onFailure(record: ArtifactRecord, error: SendError): void
}

// Each has files in flight of its own; more at a time would only share the line.
const artifactsAtATime = 4

export function createArtifactQueue(options: CreateArtifactQueueOptions): ArtifactQueue {
  const { graphql } = options
  const states: Record<string, ArtifactSyncState> = { ...options.states }
  const limit = createLimiter(artifactsAtATime)
  const waiting = new Map<string, { readonly name: string; bytes: number }>()
  const lastOfName = new Map<string, Promise<void>>()
  const byClientId = new Map<string, Promise<void>>()
  const idsByClientId = new Map<string, string>()
  const backlog: QueuedArtifact[] = []
  let address: RunAddress | undefined
  let knownFields: Promise<ReadonlySet<string> | undefined> | undefined
  let running: Promise<unknown> = Promise.resolve()
  let savedCount = 0
  let sentBytes = 0

  function schedule(artifact: QueuedArtifact, to: RunAddress): void {
    const { record } = artifact
    const name = record.name ?? ''
    const before = [
      options.artifactTurn?.(),
      lastOfName.get(name),
      ...[...referencedClientIds(record)].map((id) => byClientId.get(id)),
    ]
    // Waiting for others happens outside of the bounded part, so those others always find a place.
    const saving = Promise.all(before).then(() => limit(() => save(artifact, to)))
    const done = saving.catch((error: unknown) => noteFailure(artifact, error))
    lastOfName.set(name, done)
    if (record.clientId) byClientId.set(record.clientId, done)
    running = Promise.all([running, done])
  }

  async function save({ key, record, nextStep }: QueuedArtifact, to: RunAddress): Promise<void> {
    const item = waiting.get(key)
    if (item === undefined || graphql.signal.aborted) return
    // The digest of an increment does not lead to the version that came of it.
    const mayBeCommitted = options.isResumed || record.incrementalBeta1 === true || !!record.distributedId
    knownFields ??= readArtifactInputFields(graphql).catch((error: unknown) => {
      knownFields = undefined
      throw error
    })
    const id = await saveArtifact(record, {
      ...options,
      address: to,
      knownFields: await knownFields,
      nextStep,
      mayBeCommitted,
      idOfClientId: (clientId) => idsByClientId.get(clientId),
      onBytes(bytes) {
        item.bytes = Math.max(0, item.bytes - bytes)
        sentBytes += bytes
        options.onChange()
      },
      onFile: options.onChange,
    })
    if (record.clientId) idsByClientId.set(record.clientId, id)
    states[key] = { state: 'saved', name: item.name, id }
    savedCount += 1
    waiting.delete(key)
    options.onChange()
  }

  function noteFailure({ key, record }: QueuedArtifact, error: unknown): void {
    if (error instanceof SendError && error.code === 'send-aborted') return
    const failure = withHelp(error instanceof SendError ? error : unexpected(error))
    const { message } = failure
    const { clientId } = record
    states[key] = { state: 'failed', name: record.name ?? '', message, ...(clientId ? { clientId } : {}) }
    waiting.delete(key)
    options.onFailure(record, failure)
    options.onChange()
  }

  return {
    add(artifact) {
      const { key, record } = artifact
      const state = states[key]
      if (state?.state === 'saved' && record.clientId) idsByClientId.set(record.clientId, state.id)
      if (state !== undefined || waiting.has(key)) return
      waiting.set(key, { name: record.name ?? '', bytes: bytesOf(record) })
      if (address === undefined) backlog.push(artifact)
      else schedule(artifact, address)
    },
    start(to) {
      if (address !== undefined) return
      address = to
      for (const artifact of backlog.splice(0)) schedule(artifact, to)
    },
    get unsent() {
      return [...waiting.values()]
    },
    get isIdle() {
      return waiting.size === 0
    },
    get savedCount() {
      return savedCount
    },
    get sentBytes() {
      return sentBytes
    },
    states,
    async settled() {
      let seen: Promise<unknown> | undefined
      while (seen !== running) {
        seen = running
        await seen
      }
    },
  }
}

function bytesOf({ manifest }: ArtifactRecord): number {
  let bytes = 0
  for (const { localPath, size = 0 } of manifest?.contents ?? []) if (localPath) bytes += Number(size)
  return bytes
}

// What is refused with these is wrong in itself; without a status it is an answer of GraphQL.
const finalStatuses: ReadonlySet<number | undefined> = new Set([undefined, 400, 409, 413, 422])

/** Sending the same artifact again does not help against a refusal of what it is. */
function withHelp(error: SendError): SendError {
  if (error.code !== 'server-refused' || !finalStatuses.has(error.status)) return error
  return new SendError({
    code: error.code,
    message: error.message,
    hint: 'Log it again in a form that the server takes, under another name for instance; sending this one again gives the same answer.',
    cause: error,
    ...(error.status === undefined ? {} : { status: error.status }),
  })
}

function unexpected(cause: unknown): SendError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new SendError({ code: 'server-refused', message: reason, cause })
}
