import type { ArtifactRow, Write } from '@lossline/store'
import { checkAlias, checkArtifactTag, checkMetadata, invalid } from './artifact-names.ts'
import { type ArtifactServices, existingArtifact } from './artifact-services.ts'
import { requireCollection, requireMembership } from './collections.ts'
import { toStoredTtl } from './create.ts'

/** What can be changed of a version; undefined leaves a field as it is. */
export interface ArtifactEdit {
  readonly description: string | undefined
  readonly metadata: string | undefined
  readonly labels: string | undefined
  /** As in {@link CreateArtifactRequest}. */
  readonly ttlSeconds: number | undefined
  readonly tagsToAdd: readonly string[]
  readonly tagsToDelete: readonly string[]
  /** All aliases that it shall have in its own collection. */
  readonly aliases: readonly string[] | undefined
}

/** @throws {@link ServerError} `invalid-request`, `not-found`. */
export async function editArtifact(services: ArtifactServices, id: number, edit: ArtifactEdit): Promise<ArtifactRow> {
  const artifact = await existingArtifact(services, id)
  const { aliases, ttlSeconds, ...fields } = edit
  if (edit.metadata !== undefined) checkMetadata(edit.metadata)
  for (const tag of edit.tagsToAdd) checkArtifactTag(tag)
  const nowMs = services.clock.now()
  const writes: Write[] = [
    { kind: 'change-artifact', artifact: id, ...fields, ttlSeconds: toStoredTtl(ttlSeconds), nowMs },
  ]
  if (aliases !== undefined) writes.push(...(await replaceAliases(services, artifact, aliases, nowMs)))
  await services.store.write(writes)
  return existingArtifact(services, id)
}

async function replaceAliases(
  { reads }: ArtifactServices,
  artifact: ArtifactRow,
  aliases: readonly string[],
  nowMs: number,
): Promise<Write[]> {
  if (artifact.state !== 'committed') throw invalid('Aliases can be changed when the version is committed.')
  const wanted = aliases.map(checkAlias)
  const collection = artifact.sequence
  const current = await reads.aliases({ collection, artifact: artifact.id })
  const surplus = current.map(({ alias }) => alias).filter((alias) => !wanted.includes(alias))
  return [
    { kind: 'delete-artifact-aliases', collection, artifact: artifact.id, aliases: surplus, nowMs },
    { kind: 'put-artifact-aliases', collection, artifact: artifact.id, aliases: wanted, nowMs },
  ]
}

/** An alias in the collection where it is meant. */
export interface AliasAddress {
  readonly entity: string
  readonly project: string
  readonly collection: string
  readonly alias: string
}

/** Points aliases at a version, or takes them away from it; all of them or none. @throws {@link ServerError} `invalid-request`, `not-found`. */
export async function changeAliases(
  services: ArtifactServices,
  id: number,
  aliases: readonly AliasAddress[],
  change: 'add' | 'delete',
): Promise<void> {
  await existingArtifact(services, id)
  const nowMs = services.clock.now()
  const writes: Write[] = []
  for (const address of aliases) {
    if (change === 'add') checkAlias(address.alias)
    const collection = await requireCollection(services, address, address.collection)
    await requireMembership(services, collection, id)
    const kind = change === 'add' ? 'put-artifact-aliases' : 'delete-artifact-aliases'
    writes.push({ kind, collection: collection.id, artifact: id, aliases: [address.alias], nowMs })
  }
  await services.store.write(writes)
}

/**
 * Deletes a version, and its links with it.
 *
 * @param options.withAliases - False: a version that has a name is not deleted.
 * @throws {@link ServerError} `invalid-request`, `not-found`.
 */
export async function deleteArtifact(
  services: ArtifactServices,
  id: number,
  options: { readonly withAliases: boolean },
): Promise<ArtifactRow> {
  const artifact = await existingArtifact(services, id)
  const aliases = options.withAliases ? [] : await services.reads.aliases({ artifact: id })
  if (aliases.length > 0) {
    const names = aliases.map(({ alias }) => `"${alias}"`).join(', ')
    throw invalid(`The version has aliases (${names}); delete them first, or with it.`)
  }
  await services.store.write([{ kind: 'delete-artifact', artifact: id, nowMs: services.clock.now() }])
  return artifact
}
