import type { ArtifactCollectionRow } from '@lossline/store'
import type { ArtifactWire, WandbServices, WireObject } from '../context.ts'
import { parseCursor } from '../pages.ts'
import type { ListArguments } from './wire-collections.ts'

/** `VersionedArtifactConnection`: versions of a collection, the newest first. */
export async function listVersions(
  services: WandbServices,
  wire: ArtifactWire,
  collection: ArtifactCollectionRow,
  args: ListArguments,
): Promise<WireObject> {
  const { reads } = services.artifacts
  const offset = parseCursor(args.after)
  const limit = Math.max(0, args.first ?? 50)
  const page = await reads.memberships({ collection: collection.id, isNewestFirst: true, offset, limit })
  const totalCount = await reads.countMemberships(collection.id)
  const hasVersionAliases = collection.kind === 'portfolio'
  const edges = page.map((membership, index) => ({
    version: `v${membership.versionIndex}`,
    node: wire.artifact(membership.artifact, { hasVersionAliases }),
    cursor: String(offset + index + 1),
  }))
  return {
    totalCount,
    edges,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: offset + edges.length < totalCount,
      hasPreviousPage: offset > 0,
    },
  }
}
