import type { ArtifactReads, ArtifactRow, Store } from '@lossline/store'
import type { Access } from './access.ts'
import { createVisibility } from './visibility.ts'

/** Reads of artifacts as one asker may see them: what is in a hidden project does not exist. */
export function guardArtifacts(store: Store, access: Access): ArtifactReads {
  const { artifacts } = store
  const { isVisible, isEntityVisible, ifVisible, select } = createVisibility(store, access)

  /** A version that is linked into a collection is visible to whoever sees the collection. */
  const isArtifactVisible = async (artifact: number): Promise<boolean> => {
    if (await isVisible({ artifact })) return true
    const memberships = await artifacts.membershipsOf(artifact)
    return (await select(memberships, ({ collection }) => ({ collection }))).length > 0
  }
  const ifArtifactVisible = async <T>(artifact: number, read: () => Promise<T>, otherwise: T): Promise<T> =>
    (await isArtifactVisible(artifact)) ? read() : otherwise
  const selectArtifacts = async (rows: readonly ArtifactRow[]): Promise<readonly ArtifactRow[]> => {
    const visible = await Promise.all(rows.map(({ id }) => isArtifactVisible(id)))
    return rows.filter((_, index) => visible[index])
  }

  return {
    types: (project) => ifVisible({ projectId: project }, () => artifacts.types(project), []),
    collection: (at) => ifVisible({ projectId: at.project }, () => artifacts.collection(at), undefined),
    collectionById: (id) => ifVisible({ collection: id }, () => artifacts.collectionById(id), undefined),
    collections: (query) => ifVisible({ projectId: query.project }, () => artifacts.collections(query), []),
    artifact: (id) => ifArtifactVisible(id, () => artifacts.artifact(id), undefined),
    artifactByDigest: (at) => ifVisible({ collection: at.sequence }, () => artifacts.artifactByDigest(at), undefined),
    pendingArtifact: (at) => ifVisible({ collection: at.sequence }, () => artifacts.pendingArtifact(at), undefined),
    // For collecting garbage, which nobody does who asks over the network.
    abandonedArtifacts: async () => [],
    expiredArtifacts: async () => [],
    isReferredTo: async () => false,
    membership: (at) => ifVisible({ collection: at.collection }, () => artifacts.membership(at), undefined),
    memberships: (query) => ifVisible({ collection: query.collection }, () => artifacts.memberships(query), []),
    membershipsOf: async (artifact) =>
      select(await artifacts.membershipsOf(artifact), ({ collection }) => ({ collection })),
    countMemberships: (collection) => ifVisible({ collection }, () => artifacts.countMemberships(collection), 0),
    aliases: async (query) => select(await artifacts.aliases(query), ({ collection }) => ({ collection })),
    aliasChanges: (query) => ifVisible({ collection: query.collection }, () => artifacts.aliasChanges(query), []),
    clientId: async (id) => {
      const found = await artifacts.clientId(id)
      if (found === undefined) return undefined
      const visible = 'artifact' in found ? isArtifactVisible(found.artifact) : isVisible(found)
      return (await visible) ? found : undefined
    },
    manifest: (id) => ifVisible({ manifest: id }, () => artifacts.manifest(id), undefined),
    manifests: (artifact) => ifArtifactVisible(artifact, () => artifacts.manifests(artifact), []),
    entries: (query) => ifArtifactVisible(query.artifact, () => artifacts.entries(query), []),
    entryByDigest: async (at) => {
      if ('artifact' in at) return ifArtifactVisible(at.artifact, () => artifacts.entryByDigest(at), undefined)
      if ('collection' in at) return ifVisible(at, () => artifacts.entryByDigest(at), undefined)
      return (await isEntityVisible(at.entity)) ? artifacts.entryByDigest(at) : undefined
    },
    blobs: (query) => ifVisible({ projectId: query.project }, () => artifacts.blobs(query), []),
    // A number, of an entity that the asker sees something of.
    storageBytes: (entity) => artifacts.storageBytes(entity),
    contentsInUse: async () => new Set(),
    runsOf: async (query) =>
      ifArtifactVisible(
        query.artifact,
        async () => select(await artifacts.runsOf(query), (run) => ({ run })),
        [] as readonly number[],
      ),
    artifactsOfRun: async (query) => {
      if (!(await isVisible({ run: query.run }))) return { artifacts: [], total: 0 }
      const found = await artifacts.artifactsOfRun(query)
      return { artifacts: await selectArtifacts(found.artifacts), total: found.total }
    },
    artifactsCreatedBy: async (run) => selectArtifacts(await artifacts.artifactsCreatedBy(run)),
  }
}
