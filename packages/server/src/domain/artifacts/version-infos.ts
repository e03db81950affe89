import {
  type ArtifactCollectionInfo,
  type ArtifactVersionDetail,
  type ArtifactVersionInfo,
  isJsonObject,
  parseJson,
  type RunReference,
  type StrictJsonObject,
  toStrictJson,
} from '@lossline/protocol'
import type { ArtifactCollectionRow, ArtifactMembershipRow, ArtifactRow, RunRow } from '@lossline/store'
import type { ArtifactServices } from './artifact-services.ts'

/** A version where it was made; undefined for one that is deleted or has not been committed. */
export async function versionInfo(
  services: ArtifactServices,
  artifact: ArtifactRow,
): Promise<ArtifactVersionInfo | undefined> {
  const collection = await services.reads.collectionById(artifact.sequence)
  const membership = await services.reads.membership({ collection: artifact.sequence, artifact: artifact.id })
  return collection && membership && versionInCollection(services, collection, membership)
}

/** A version as it stands in a collection, which may be one of links. */
export async function versionInCollection(
  services: ArtifactServices,
  collection: ArtifactCollectionRow,
  { artifact, versionIndex }: ArtifactMembershipRow,
): Promise<ArtifactVersionInfo> {
  const aliases = await services.reads.aliases({ collection: collection.id, artifact: artifact.id })
  const creator = artifact.createdByRun === undefined ? undefined : await services.store.runById(artifact.createdByRun)
  return {
    id: artifact.id,
    entity: collection.entity,
    project: collection.project,
    type: collection.type,
    collection: collection.name,
    version: `v${versionIndex}`,
    aliases: aliases.map(({ alias }) => alias),
    tags: artifact.tags,
    digest: artifact.digest,
    sizeBytes: artifact.sizeBytes,
    fileCount: artifact.fileCount,
    createdAtMs: artifact.createdAtMs,
    ...(creator === undefined ? {} : { createdBy: toRunReference(creator) }),
  }
}

/** A collection with its newest version. */
export async function collectionInfo(
  services: ArtifactServices,
  collection: ArtifactCollectionRow,
): Promise<ArtifactCollectionInfo> {
  const newest = await services.reads.membership({ collection: collection.id, isNewest: true })
  return {
    name: collection.name,
    kind: collection.kind,
    description: collection.description ?? '',
    tags: collection.tags,
    versionCount: await services.reads.countMemberships(collection.id),
    updatedAtMs: collection.updatedAtMs,
    ...(newest === undefined ? {} : { newest: await versionInCollection(services, collection, newest) }),
  }
}

/** Everything about a version but its files. */
export async function versionDetail(
  services: ArtifactServices,
  collection: ArtifactCollectionRow,
  membership: ArtifactMembershipRow,
): Promise<ArtifactVersionDetail> {
  const { artifact } = membership
  const runOf = async (id: number | undefined) => (id === undefined ? undefined : services.store.runById(id))
  const [users, places] = await Promise.all([
    services.reads.runsOf({ artifact: artifact.id, direction: 'input' }).then((ids) => Promise.all(ids.map(runOf))),
    services.reads.membershipsOf(artifact.id),
  ])
  const links = await Promise.all(
    places
      .filter((place) => place.collection !== collection.id)
      .map(async ({ collection: id, versionIndex }) => {
        const other = await services.reads.collectionById(id)
        return other && toLink(other, versionIndex)
      }),
  )
  return {
    ...(await versionInCollection(services, collection, membership)),
    description: artifact.description ?? '',
    metadata: toObject(artifact.metadata),
    usedBy: users.filter((run) => run !== undefined).map(toRunReference),
    links: links.filter((link) => link !== undefined),
    ttlSeconds: artifact.ttlSeconds ?? null,
  }
}

function toLink({ entity, project, type, name }: ArtifactCollectionRow, versionIndex: number) {
  return { entity, project, type, collection: name, version: `v${versionIndex}` }
}

/** A run as artifacts name it. */
export function toRunReference(run: RunRow): RunReference {
  const { entity, project, runId, displayName, state, number, color, jobType } = run
  return { entity, project, runId, displayName, state, number, color, jobType }
}

function toObject(text: string | undefined): StrictJsonObject {
  const value = text === undefined ? {} : parseJson(text)
  // An object stays an object.
  return isJsonObject(value) ? (toStrictJson(value) as StrictJsonObject) : {}
}
