import type { ArtifactCollectionRow, ArtifactMembershipRow } from '@lossline/store'
import { applyFilter } from '../../filters/apply-filter.ts'
import type { ArtifactWire, ListArguments, WandbServices, WireObject } from '../context.ts'
import { pageInfo, parseCursor } from '../pages.ts'
import { versionField } from './artifact-filters.ts'

/** `VersionedArtifactConnection`: versions of a collection, the newest first unless another order is asked for. */
export async function listVersions(
  services: WandbServices,
  wire: ArtifactWire,
  collection: ArtifactCollectionRow,
  args: ListArguments,
): Promise<WireObject> {
  const start = parseCursor(args.after)
  const count = Math.max(0, args.first ?? 50)
  const { versions, totalCount } = await selectVersions(services, collection, args, start, count)
  const hasVersionAliases = collection.kind === 'portfolio'
  const edges = versions.map((membership, index) => ({
    version: `v${membership.versionIndex}`,
    node: wire.artifact(membership.artifact, { hasVersionAliases }),
    cursor: String(start + index + 1),
  }))
  return { totalCount, edges, pageInfo: pageInfo(edges, start, totalCount) }
}

interface Selection {
  readonly versions: readonly ArtifactMembershipRow[]
  readonly totalCount: number
}

async function selectVersions(
  { artifacts: { reads } }: WandbServices,
  { id: collection }: ArtifactCollectionRow,
  { filters, order }: ListArguments,
  offset: number,
  limit: number,
): Promise<Selection> {
  if (isEveryVersion(filters) && isIndexOrder(order)) {
    const isNewestFirst = !order?.startsWith('+')
    const versions = await reads.memberships({ collection, isNewestFirst, offset, limit })
    return { versions, totalCount: await reads.countMemberships(collection) }
  }
  const aliases = Map.groupBy(await reads.aliases({ collection }), ({ artifact }) => artifact)
  const all = (await reads.memberships({ collection, isNewestFirst: true })).map((membership) => ({
    membership,
    aliases: (aliases.get(membership.artifact.id) ?? []).map(({ alias }) => alias),
  }))
  const selected = await applyFilter(all, versionField, { filters, order })
  const versions = selected.slice(offset, offset + limit).map(({ membership }) => membership)
  return { versions, totalCount: selected.length }
}

/** What the client asks for unless told otherwise; everything in a collection is committed. */
function isEveryVersion(filters: string | null | undefined): boolean {
  return !filters || /^\{\s*("state"\s*:\s*"COMMITTED"\s*)?\}$/.test(filters)
}

/** Versions are created in the order of their indexes. */
function isIndexOrder(order: string | null | undefined): boolean {
  return !order || /^[+-](version_index|version)$/.test(order)
}
