import type { FilesItem } from '@lossline/protocol'
import { createArtifactQueue, type QueuedArtifact } from '../artifacts/artifact-queue.ts'
import type { GraphqlOptions } from '../graphql.ts'
import type { RunAddress } from '../run-api.ts'
import { createRunFileQueue } from '../run-files.ts'
import type { SendError } from '../send-error.ts'
import type { SendFailure } from '../sender-types.ts'
import type { ArtifactSyncState, SyncState } from '../sync-state.ts'
import { createLimiter } from './limiter.ts'
import type { UnsentItem } from './unsent.ts'

/** Everything of a run that is uploaded beside its lines: files and artifacts. */
export interface RunUploads {
  addFiles(files: readonly FilesItem[]): void
  /** Looks for `live` files that have changed. */
  addChangedFiles(): Promise<void>
  /** The run has ended: takes in the files that are still to come. */
  addLastFiles(): void
  addArtifact(artifact: QueuedArtifact): void
  /** Begins, now that the run is known to the server. */
  start(address: RunAddress): void
  /** Names of files uploaded since the last call. */
  takeUploadedFiles(): string[]
  readonly isIdle: boolean
  /** Resolves when nothing is being uploaded any more. */
  settled(): Promise<void>
  readonly unsentFiles: readonly UnsentItem[]
  readonly unsentArtifacts: readonly UnsentItem[]
  readonly counts: UploadCounts
  /** What `sync.json` keeps. */
  readonly syncState: Pick<SyncState, 'uploadedFiles' | 'failedFiles' | 'artifacts'>
}

/** What was uploaded. */
export interface UploadCounts {
  readonly fileCount: number
  readonly artifactCount: number
  /** Bytes of contents that were handed to the server or that it had already. */
  readonly bytes: number
}

export interface CreateRunUploadsOptions {
  readonly runDirectory: string
  /** Makes the text of a file that only the journal has. */
  textOf(name: string): Promise<string | undefined>
  readonly graphql: GraphqlOptions
  readonly isInProcess: boolean
  readonly ignoreGlobs: readonly string[]
  readonly stagedDirectories: readonly string[]
  /** Waited for before each artifact is saved. */
  readonly artifactTurn: (() => Promise<void>) | undefined
  /** What earlier senders have done; undefined if there was none. */
  readonly earlier: SyncState | undefined
  /** Whether what failed before is tried again. */
  readonly retriesFailed: boolean
  onChange(): void
  onFailure(
    what: Pick<SendFailure, 'name' | 'clientId'> & { readonly kind: 'file' | 'artifact' },
    error: SendError,
  ): void
}

// W&B's client has up to 128 on their way at a time; from about here on more share the line, they do not fill it.
const uploadsAtATime = 32

export function createRunUploads(options: CreateRunUploadsOptions): RunUploads {
  const { earlier, retriesFailed, onFailure } = options
  const limit = createLimiter(uploadsAtATime)
  const files = createRunFileQueue({
    ...options,
    limit,
    doneNames: earlier?.uploadedFiles ?? [],
    failedNames: earlier?.failedFiles ?? [],
    onFailure: (name, error) => onFailure({ kind: 'file', name }, error),
  })
  const artifacts = createArtifactQueue({
    ...options,
    limit,
    states: keepStates(earlier?.artifacts ?? {}, retriesFailed),
    isResumed: earlier !== undefined,
    onFailure: ({ name = '', clientId }, error) =>
      onFailure({ kind: 'artifact', name, ...(clientId ? { clientId } : {}) }, error),
  })

  return {
    addFiles: files.add,
    addChangedFiles: files.addChanged,
    addLastFiles: files.addLast,
    addArtifact: artifacts.add,
    start(address) {
      files.start(address)
      artifacts.start(address)
    },
    takeUploadedFiles: files.takeUploaded,
    get isIdle() {
      return files.isIdle && artifacts.isIdle
    },
    async settled() {
      await Promise.all([files.settled(), artifacts.settled()])
    },
    get unsentFiles() {
      return files.unsent
    },
    get unsentArtifacts() {
      return artifacts.unsent
    },
    get counts() {
      return {
        fileCount: files.sentCount,
        artifactCount: artifacts.savedCount,
        bytes: files.sentBytes + artifacts.sentBytes,
      }
    },
    get syncState() {
      return { uploadedFiles: files.doneNames, failedFiles: files.failedNames, artifacts: artifacts.states }
    },
  }
}

function keepStates(
  states: Readonly<Record<string, ArtifactSyncState>>,
  retriesFailed: boolean,
): Record<string, ArtifactSyncState> {
  return Object.fromEntries(Object.entries(states).filter(([, { state }]) => state === 'saved' || !retriesFailed))
}
