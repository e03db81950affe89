import type { ArtifactReads, ArtifactRow, Blobs, RunRow, Store } from '@lossline/store'
import type { Clock } from '../../clock.ts'
import { ServerError } from '../../errors.ts'
import { createKeyedQueue, type KeyedQueue } from '../keyed-queue.ts'
import type { CreateXxh128 } from './digests.ts'
import type { ManifestCodec } from './manifest.ts'

/** What the rules of artifacts work with. */
export interface ArtifactServices {
  readonly store: Store
  readonly reads: ArtifactReads
  readonly blobs: Blobs
  readonly manifests: ManifestCodec
  readonly createXxh128: CreateXxh128
  readonly clock: Clock
  /**
   * Decisions read before they write: those of one collection take turns, and so do those of one version
   * ({@link artifactTurn}), which may wait within a turn of the collection but not the other way round.
   */
  readonly turns: KeyedQueue
  /** A content is not let go of while somebody writes down that it is needed. */
  readonly contentTurns: KeyedQueue
}

export function createArtifactServices(options: {
  readonly store: Store
  readonly blobs: Blobs
  readonly manifests: ManifestCodec
  readonly createXxh128: CreateXxh128
  readonly clock: Clock
}): ArtifactServices {
  return {
    ...options,
    reads: options.store.artifacts,
    turns: createKeyedQueue(),
    contentTurns: createKeyedQueue(),
  }
}

/** The same rules, queues included, over the store as somebody may see it. */
export function artifactServicesOver(services: ArtifactServices, store: Store): ArtifactServices {
  return { ...services, store, reads: store.artifacts }
}

/** @throws {@link ServerError} `not-found`, also for a deleted one. */
export async function existingArtifact(services: ArtifactServices, id: number): Promise<ArtifactRow> {
  const artifact = await services.reads.artifact(id)
  if (artifact !== undefined && artifact.state !== 'deleted') return artifact
  throw new ServerError({ code: 'not-found', message: 'There is no such artifact.' })
}

/** Key of {@link ArtifactServices.turns} for what a pending version takes in, and its commit. */
export function artifactTurn(artifact: number): string {
  return `artifact ${artifact}`
}

/** @throws {@link ServerError} `not-found`; `invalid-state-transition` for a committed one, which never changes. */
export async function pendingArtifact(services: ArtifactServices, id: number): Promise<ArtifactRow> {
  const artifact = await existingArtifact(services, id)
  if (artifact.state === 'pending') return artifact
  throw new ServerError({
    code: 'invalid-state-transition',
    message: 'This version is committed; its manifest does not change any more.',
    hint: 'Log a new version.',
  })
}

/** @throws {@link ServerError} `not-found`. */
export async function existingRun(
  services: ArtifactServices,
  at: { readonly entity: string; readonly project: string; readonly runId: string },
): Promise<RunRow> {
  const run = await services.store.run(at)
  if (run !== undefined) return run
  throw new ServerError({ code: 'not-found', message: `No run "${at.runId}" in ${at.entity}/${at.project}.` })
}
