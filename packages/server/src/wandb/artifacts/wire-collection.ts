import type { ArtifactCollectionRow, ArtifactMembershipRow } from '@lossline/store'
import { resolveVersion } from '../../domain/artifacts/resolve-name.ts'
import type { ArtifactWire, ListArguments, WandbContext, WandbServices, WireObject } from '../context.ts'
import { toIsoTime } from '../iso-time.ts'
import { type PageArguments, toConnection } from '../pages.ts'
import { toWireProjectHeader } from '../wire-project-header.ts'
import { toWireAlgorithm } from './digest-algorithms.ts'
import { toGlobalId } from './global-ids.ts'
import { toWireArtifactFiles } from './wire-artifact-files.ts'
import { wireAlias, wireTag } from './wire-labels.ts'

/** `ArtifactSequence` or `ArtifactPortfolio`. */
export function toWireCollection(
  collection: ArtifactCollectionRow,
  services: WandbServices,
  wire: ArtifactWire,
): WireObject {
  const { store, reads } = services.artifacts
  return {
    __typename: collection.kind === 'sequence' ? 'ArtifactSequence' : 'ArtifactPortfolio',
    id: toGlobalId('ArtifactCollection', collection.id),
    name: collection.name,
    description: collection.description ?? null,
    createdAt: toIsoTime(collection.createdAtMs),
    updatedAt: toIsoTime(collection.updatedAtMs),
    state: 'READY',
    project: async () => {
      const project = await store.project(collection.entity, collection.project)
      return project && toWireProjectHeader(project, services)
    },
    defaultArtifactType: () => wire.typeOf(collection),
    tags: { edges: collection.tags.map((tag) => ({ node: wireTag(`collection ${collection.id}`, tag) })) },
    aliases: async (args: PageArguments) =>
      toConnection(await reads.aliases({ collection: collection.id }), args, (alias) =>
        wireAlias(alias, services, wire),
      ),
    artifacts: (args: ListArguments) => wire.versions(collection, args),
    artifactMembership: async (args: { readonly aliasName: string }) => {
      const membership = await resolveVersion(services.artifacts, collection.id, args.aliasName)
      return membership ? wire.membership(membership) : null
    },
    latestArtifact: async () => {
      const newest = await reads.membership({ collection: collection.id, isNewest: true })
      return newest ? wire.artifact(newest.artifact) : null
    },
    // The client makes the next version as the newest one is.
    digestAlgorithm: async () => {
      const newest = await reads.membership({ collection: collection.id, isNewest: true })
      return newest ? toWireAlgorithm(newest.artifact.digestAlgorithm) : null
    },
  }
}

/** `ArtifactCollectionMembership`. Its aliases are those of its collection only. */
export function toWireMembership(
  membership: ArtifactMembershipRow,
  services: WandbServices,
  wire: ArtifactWire,
): WireObject {
  const { reads } = services.artifacts
  const { collection, artifact } = membership
  return {
    __typename: 'ArtifactCollectionMembership',
    id: toGlobalId('ArtifactMembership', membership.id),
    versionIndex: membership.versionIndex,
    createdAt: toIsoTime(membership.createdAtMs),
    aliases: async () => {
      const aliases = await reads.aliases({ collection, artifact: artifact.id })
      return aliases.map((alias) => wireAlias(alias, services, wire))
    },
    artifactCollection: async () => {
      const row = await reads.collectionById(collection)
      return row ? wire.collection(row) : null
    },
    artifact: () => wire.artifact(artifact),
    files: (args: Parameters<typeof toWireArtifactFiles>[2], context: WandbContext) =>
      toWireArtifactFiles(artifact, services, args, context),
  }
}
