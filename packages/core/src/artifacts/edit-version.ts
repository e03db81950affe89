import { type JsonObject, stringifyJson } from '@lossline/protocol'
import type { RequestOptions } from '../api/listing.ts'
import { maybeObjectAt } from '../api/wire-values.ts'
import { ServerRequestError } from '../errors.ts'
import type { OptionNames } from '../options/check-options.ts'
import type { ServerConnection } from '../server/server-connection.ts'
import { ask, fetchByPath } from './artifact-api.ts'
import { ArtifactError } from './artifact-error.ts'
import { invalid, toTtlSeconds } from './artifact-options.ts'
import { artifactQueries } from './artifact-queries.ts'
import { isLinkFound, type VersionFacts } from './version-facts.ts'
import { toVersion, type VersionChanges, type VersionState } from './version-state.ts'
import type { WaitOptions } from './wait-for-version.ts'

/** How a version is deleted. */
export interface DeleteArtifactOptions extends RequestOptions {
  /** Whether a version that has aliases (`latest` counts) is deleted too. Default false: then that is an error. */
  readonly deleteAliases?: boolean | undefined
}

/** @internal */
export const deleteOptionNames: OptionNames<DeleteArtifactOptions> = { signal: true, deleteAliases: true }

/** Sends what was assigned to a version, and asks what has become of it. Does nothing in disabled mode. */
export async function saveVersion(state: VersionState, options: WaitOptions): Promise<void> {
  if (state.context.isDisabled) return
  const { facts, connection } = await state.known('save', options)
  const changes = state.takeChanges()
  try {
    await sendChanges(connection, facts, changes)
  } catch (error) {
    state.returnChanges(changes)
    throw error
  }
  const { versionIndex, ...collection } = facts.place
  state.learn(await fetchByPath(connection, { ...collection, ...toVersion(versionIndex) }, {}))
}

/** Deletes a version; one that was found through a link is only unlinked. */
export async function deleteVersion(
  state: VersionState,
  { deleteAliases = false, signal }: DeleteArtifactOptions,
): Promise<void> {
  const { facts, connection } = await state.known('delete', { signal })
  if (isLinkFound(facts)) {
    await sendUnlink(connection, facts)
    return
  }
  try {
    await ask(connection, artifactQueries.deleteArtifact, { input: { artifactID: facts.id, deleteAliases } })
  } catch (error) {
    if (!deleteAliases && error instanceof ServerRequestError && /\balias/i.test(error.message)) {
      throw hasAliases(state, facts.aliases, error)
    }
    throw error
  }
  state.learn({ ...facts, state: 'deleted' })
}

function hasAliases({ qualifiedName }: VersionState, aliases: readonly string[], cause: Error): ArtifactError {
  // Some may have been given since the version was asked for.
  const named = [...new Set(aliases)].map((alias) => `"${alias}"`).join(', ')
  return new ArtifactError({
    code: 'artifact-invalid',
    message: `"${qualifiedName}" has aliases${named === '' ? '' : ` (${named})`} and is not deleted.`,
    hint: 'Pass delete({ deleteAliases: true }) to delete it with them.',
    cause,
  })
}

/** Removes a version from the collection that it was found in by a link. */
export async function unlinkVersion(state: VersionState, options: RequestOptions): Promise<void> {
  const { facts, connection } = await state.known('unlink', options)
  if (!isLinkFound(facts)) throw invalid(`"${state.qualifiedName}" is no link.`, 'Delete the version with delete().')
  await sendUnlink(connection, facts)
}

/** Sends changes of a version: aliases first, then the rest, as W&B's client does. */
async function sendChanges(connection: ServerConnection, facts: VersionFacts, changes: VersionChanges): Promise<void> {
  const { id, place } = facts
  if (changes.aliases !== undefined) {
    const wanted = new Set([...changes.aliases, 'latest'])
    const present = new Set([...facts.aliases, 'latest'])
    const toInput = (alias: string): JsonObject => ({
      entityName: place.entity,
      projectName: place.project,
      artifactCollectionName: place.collection,
      alias,
    })
    const added = [...wanted].filter((alias) => !present.has(alias)).map(toInput)
    const deleted = [...present].filter((alias) => !wanted.has(alias)).map(toInput)
    if (added.length > 0)
      await ask(connection, artifactQueries.addAliases, { input: { artifactID: id, aliases: added } })
    if (deleted.length > 0) {
      await ask(connection, artifactQueries.deleteAliases, { input: { artifactID: id, aliases: deleted } })
    }
  }
  const { aliases: _aliases, ...rest } = changes
  if (Object.keys(rest).length === 0) return
  const tags = changes.tags ?? facts.tags
  const ttlSeconds = toTtlSeconds(changes.ttl)
  await ask(connection, artifactQueries.updateArtifact, {
    input: {
      artifactID: id,
      ...(changes.description === undefined ? {} : { description: changes.description }),
      metadata: stringifyJson(changes.metadata ?? facts.metadata),
      ...(ttlSeconds === undefined ? {} : { ttlDurationSeconds: ttlSeconds }),
      tagsToAdd: tags.filter((tag) => !facts.tags.includes(tag)).map((tagName) => ({ tagName })),
      tagsToDelete: facts.tags.filter((tag) => !tags.includes(tag)).map((tagName) => ({ tagName })),
    },
  })
}

async function sendUnlink(connection: ServerConnection, { id, place, type }: VersionFacts): Promise<void> {
  const { entity, project, collection } = place
  const reply = await ask(connection, artifactQueries.collectionByName, { entity, project, type, name: collection })
  const portfolioId = maybeObjectAt(reply, 'project', 'artifactType', 'artifactCollection')?.id
  if (typeof portfolioId !== 'string') {
    throw new ArtifactError({
      code: 'artifact-not-found',
      message: `There is no collection ${entity}/${project}/${collection} to unlink from.`,
    })
  }
  await ask(connection, artifactQueries.unlinkArtifact, { input: { artifactID: id, artifactPortfolioID: portfolioId } })
}
