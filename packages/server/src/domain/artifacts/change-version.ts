import type { ArtifactCollectionRow, ArtifactMembershipRow, Write } from '@lossline/store'
import { checkAlias, checkArtifactTag, invalid } from './artifact-names.ts'
import { type ArtifactServices, existingArtifact } from './artifact-services.ts'
import { requireCollection, requireCollectionById, requireMembership } from './collections.ts'
import { toStoredTtl } from './create.ts'
import { deleteArtifact } from './edit.ts'

/** What people change of a version on its page; undefined leaves a field as it is. */
export interface VersionChange {
  /** The collection whose names are meant. Default: the one where the version was made. */
  readonly in?: { readonly entity: string; readonly project: string; readonly collection: string } | undefined
  readonly description?: string | undefined
  readonly addTags?: readonly string[] | undefined
  readonly removeTags?: readonly string[] | undefined
  readonly addAliases?: readonly string[] | undefined
  readonly removeAliases?: readonly string[] | undefined
  /** As in `CreateArtifactRequest`. */
  readonly ttlSeconds?: number | undefined
}

/** A version as it is after a change, and where names that it took over had pointed. */
export interface ChangedVersion {
  readonly collection: ArtifactCollectionRow
  readonly membership: ArtifactMembershipRow
  readonly moved: readonly { readonly alias: string; readonly from: ArtifactMembershipRow }[]
}

/** All of it or nothing. @throws {@link ServerError} `invalid-request`, `not-found`. */
export async function changeVersion(
  services: ArtifactServices,
  id: number,
  change: VersionChange,
): Promise<ChangedVersion> {
  const artifact = await existingArtifact(services, id)
  const { in: at, addAliases = [], removeAliases = [], addTags = [], removeTags = [], description, ttlSeconds } = change
  const collection = at
    ? await requireCollection(services, at, at.collection)
    : await requireCollectionById(services, artifact.sequence)
  await requireMembership(services, collection, id)
  for (const alias of addAliases) checkAlias(alias)
  for (const tag of addTags) checkArtifactTag(tag)
  const moved: { alias: string; from: ArtifactMembershipRow }[] = []
  for (const alias of addAliases) {
    const holder = await services.reads.membership({ collection: collection.id, alias })
    if (holder !== undefined && holder.artifact.id !== id) moved.push({ alias, from: holder })
  }
  const names = { collection: collection.id, artifact: id, nowMs: services.clock.now() }
  const writes: Write[] = [
    {
      kind: 'change-artifact',
      artifact: id,
      description,
      tagsToAdd: addTags,
      tagsToDelete: removeTags,
      ttlSeconds: toStoredTtl(ttlSeconds),
      nowMs: names.nowMs,
    },
  ]
  if (removeAliases.length > 0) writes.push({ kind: 'delete-artifact-aliases', ...names, aliases: removeAliases })
  if (addAliases.length > 0) writes.push({ kind: 'put-artifact-aliases', ...names, aliases: addAliases })
  await services.store.write(writes)
  return { collection, membership: await requireMembership(services, collection, id), moved }
}

/**
 * Deletes a version and its links for good. One that a run used, or that other collections link to, only by its name.
 *
 * @param confirm - `collection:v3`
 * @throws {@link ServerError} `invalid-request`, `not-found`.
 */
export async function removeVersion(
  services: ArtifactServices,
  id: number,
  confirm: string | undefined,
): Promise<void> {
  const { sequence } = await existingArtifact(services, id)
  const places = await services.reads.membershipsOf(id)
  const users = await services.reads.runsOf({ artifact: id, direction: 'input' })
  const own = places.find(({ collection }) => collection === sequence)
  const { name } = await requireCollectionById(services, sequence)
  const fullName = `${name}:v${own?.versionIndex ?? ''}`
  if ((users.length > 0 || places.length > 1) && confirm !== fullName) {
    throw invalid(`The version is in use; to delete it all the same, send "confirm": "${fullName}".`)
  }
  await deleteArtifact(services, id, { withAliases: true })
}

/** Storage ids of the runs that used any version of a collection, the first one first. */
export async function runsUsing(services: ArtifactServices, collection: number): Promise<readonly number[]> {
  const versions = await services.reads.memberships({ collection })
  const users = new Set<number>()
  for (const { artifact } of versions) {
    for (const run of await services.reads.runsOf({ artifact: artifact.id, direction: 'input' })) users.add(run)
  }
  return [...users]
}
