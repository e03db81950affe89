import type { ArtifactCollectionRow, ArtifactDigestAlgorithm, ArtifactRow, Write } from '@lossline/store'
import { checkProjectAddress } from '../names.ts'
import { checkEntityMayBegin } from '../new-entities.ts'
import {
  checkAlias,
  checkArtifactTag,
  checkCollectionName,
  checkMetadata,
  checkTypeName,
  invalid,
} from './artifact-names.ts'
import { type ArtifactServices, artifactTurn, existingRun } from './artifact-services.ts'

/** A client wants to log a version. */
export interface CreateArtifactRequest {
  readonly entity: string
  readonly project: string
  readonly type: string
  readonly collection: string
  /** Run that makes it, if one does. */
  readonly runId: string | undefined
  readonly username: string
  readonly digest: string
  readonly digestAlgorithm: ArtifactDigestAlgorithm
  readonly description: string | undefined
  readonly metadata: string | undefined
  readonly labels: string | undefined
  readonly aliases: readonly string[]
  readonly tags: readonly string[]
  readonly clientId: string | undefined
  readonly sequenceClientId: string | undefined
  readonly distributedId: string | undefined
  /** A committed version with this digest will do. */
  readonly mayReuse: boolean
  readonly historyStep: number | undefined
  /** Positive seconds, -1: as the collection says, -2: never, undefined: nothing said. */
  readonly ttlSeconds: number | undefined
  readonly storageRegion: string | undefined
}

/** The only place where contents can be. */
const knownRegions: readonly string[] = ['default']

/**
 * The version that the client goes on with: a new pending one, the pending one that several runs write together, or the
 * committed one that holds the same content already, which then gets the aliases, tags and client ids that were asked for.
 *
 * @throws {@link ServerError} `invalid-request`: a bad name, a collection of another type, an unknown region; `not-found`: the run.
 */
export async function createArtifact(services: ArtifactServices, request: CreateArtifactRequest): Promise<ArtifactRow> {
  const asked = checkProjectAddress(request)
  const found =
    request.runId === undefined ? undefined : await existingRun(services, { ...asked, runId: request.runId })
  // What a run makes after it was moved goes where it is now.
  const { entity, project } = found ?? asked
  const checked = { ...checkRequest(request), entity, project }
  const run = found?.id
  return services.turns.run(`${entity}/${project}/${request.collection}`, async () => {
    const sequence = await findSequence(services, checked)
    if (sequence !== undefined) {
      const known = await findKnown(services, sequence, checked)
      const used = known && (await useAgain(services, known, checked, run))
      if (used !== undefined) return used
    }
    return createPending(services, checked, run)
  })
}

function checkRequest(request: CreateArtifactRequest): CreateArtifactRequest {
  checkTypeName(request.type)
  checkCollectionName(request.collection)
  for (const tag of request.tags) checkArtifactTag(tag)
  if (request.metadata !== undefined) checkMetadata(request.metadata)
  if (request.storageRegion !== undefined && !knownRegions.includes(request.storageRegion)) {
    throw invalid(
      `There is no storage region "${request.storageRegion}"; this server has "${knownRegions.join('", "')}".`,
    )
  }
  return { ...request, aliases: [...new Set(request.aliases.map(checkAlias))] }
}

async function findSequence(
  { store, reads }: ArtifactServices,
  request: CreateArtifactRequest,
): Promise<ArtifactCollectionRow | undefined> {
  const project = await store.project(request.entity, request.project)
  const found = project && (await reads.collection({ project: project.id, name: request.collection }))
  if (found === undefined) return undefined
  if (found.kind !== 'sequence') {
    throw invalid(`"${found.name}" is a collection of links; a version cannot be made in it.`)
  }
  if (found.type !== request.type) {
    throw invalid(`Artifact "${found.name}" has the type "${found.type}", not "${request.type}".`)
  }
  return found
}

async function findKnown(
  { reads }: ArtifactServices,
  sequence: ArtifactCollectionRow,
  { distributedId, digest, digestAlgorithm, mayReuse }: CreateArtifactRequest,
): Promise<ArtifactRow | undefined> {
  // Its digest is known only when all have written their part.
  if (distributedId !== undefined) return reads.pendingArtifact({ sequence: sequence.id, distributedId })
  return mayReuse ? reads.artifactByDigest({ sequence: sequence.id, digest, digestAlgorithm }) : undefined
}

/** Undefined when the version was committed or given up meanwhile: what is asked for now is no part of it. */
async function useAgain(
  services: ArtifactServices,
  known: ArtifactRow,
  request: CreateArtifactRequest,
  run: number | undefined,
): Promise<ArtifactRow | undefined> {
  const { store, reads, clock } = services
  return services.turns.run(artifactTurn(known.id), async () => {
    const artifact = await reads.artifact(known.id)
    if (artifact?.state !== known.state) return undefined
    await store.write(toReuseWrites(artifact, request, run, clock.now()))
    return (await reads.artifact(artifact.id)) ?? artifact
  })
}

function toReuseWrites(
  artifact: ArtifactRow,
  { clientId, sequenceClientId, aliases, tags }: CreateArtifactRequest,
  run: number | undefined,
  nowMs: number,
): Write[] {
  const { id } = artifact
  const isCommitted = artifact.state === 'committed'
  const writes: Write[] = [
    { kind: 'put-artifact-client-ids', artifact: id, clientId, sequenceClientId },
    {
      kind: 'change-artifact',
      artifact: id,
      tagsToAdd: tags,
      requestedAliases: isCommitted ? undefined : aliases,
      nowMs,
    },
  ]
  if (isCommitted) {
    writes.push({ kind: 'put-artifact-aliases', collection: artifact.sequence, artifact: id, aliases, nowMs })
  }
  if (run !== undefined) writes.push({ kind: 'put-artifact-usage', run, direction: 'output', artifact: id })
  return writes
}

async function createPending(
  { store, clock }: ArtifactServices,
  request: CreateArtifactRequest,
  run: number | undefined,
): Promise<ArtifactRow> {
  await checkEntityMayBegin(store, request.entity)
  const nowMs = clock.now()
  const [{ collection }] = await store.write([
    {
      kind: 'put-artifact-collection',
      entity: request.entity,
      project: request.project,
      name: request.collection,
      type: request.type,
      collectionKind: 'sequence',
      nowMs,
    },
  ])
  const [{ artifact }] = await store.write([
    {
      kind: 'create-artifact',
      sequence: collection.id,
      digest: request.digest,
      digestAlgorithm: request.digestAlgorithm,
      description: request.description,
      metadata: request.metadata,
      labels: request.labels,
      ttlSeconds: toStoredTtl(request.ttlSeconds) ?? undefined,
      historyStep: request.historyStep,
      storageRegion: request.storageRegion,
      distributedId: request.distributedId,
      createdByRun: run,
      username: request.username,
      requestedAliases: request.aliases,
      tags: request.tags,
      clientId: request.clientId,
      sequenceClientId: request.sequenceClientId,
      nowMs,
    },
  ])
  if (run !== undefined) {
    await store.write([{ kind: 'put-artifact-usage', run, direction: 'output', artifact: artifact.id }])
  }
  return artifact
}

/** Undefined: leave it; null: what the collection says. @throws {@link ServerError} `invalid-request`. */
export function toStoredTtl(seconds: number | undefined): number | null | undefined {
  if (seconds === undefined) return undefined
  if (seconds === -1) return null
  if (seconds === -2 || (Number.isSafeInteger(seconds) && seconds > 0)) return seconds
  throw invalid(`A lifetime is a positive number of seconds, -1 (inherited) or -2 (none), not ${seconds}.`)
}
