import type { ArtifactCollectionRow, ArtifactMembershipRow } from '@lossline/store'
import { versionPattern } from './artifact-names.ts'
import type { ArtifactServices } from './artifact-services.ts'

/** A version in the collection through which it was asked for. */
export interface FoundVersion {
  readonly collection: ArtifactCollectionRow
  readonly membership: ArtifactMembershipRow
}

/**
 * What `collection`, `collection:v3`, `collection:alias` or `collection:digest` means in a project; without anything behind
 * the name it is `latest`.
 */
export async function resolveName(
  services: ArtifactServices,
  project: number,
  name: string,
): Promise<FoundVersion | undefined> {
  // Aliases of lookups may hold a colon themselves.
  const colon = name.indexOf(':')
  const collectionName = colon < 0 ? name : name.slice(0, colon)
  const version = colon < 0 ? 'latest' : name.slice(colon + 1)
  const collection = await services.reads.collection({ project, name: collectionName })
  const membership = collection && (await resolveVersion(services, collection.id, version))
  return collection && membership && { collection, membership }
}

/** What `v3`, an alias or a digest means in a collection. */
export async function resolveVersion(
  { reads }: ArtifactServices,
  collection: number,
  version: string,
): Promise<ArtifactMembershipRow | undefined> {
  if (versionPattern.test(version)) {
    return reads.membership({ collection, versionIndex: Number(version.slice(1)) })
  }
  return (
    (await reads.membership({ collection, alias: version })) ??
    (await reads.membership({ collection, digest: version }))
  )
}
