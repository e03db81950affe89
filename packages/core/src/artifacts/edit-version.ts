import { type JsonObject, stringifyJson } from '@lossline/protocol'
import type { ServerConnection } from '../server/server-connection.ts'
import { ask } from './artifact-api.ts'
import { ArtifactError } from './artifact-error.ts'
import { type TimeToLive, toTtlSeconds } from './artifact-options.ts'
import { artifactQueries } from './artifact-queries.ts'
import { maybeObject } from './read-reply.ts'
import type { VersionFacts } from './version-facts.ts'

/** Changes of a version that a server does not know yet; absent: unchanged. */
export interface VersionChanges {
  description?: string
  metadata?: JsonObject
  aliases?: readonly string[]
  tags?: readonly string[]
  ttl?: TimeToLive
}

/**
 * Sends changes of a version: aliases first, then the rest, as W&B's client does.
 *
 * @returns what the server says afterwards, by the version's source.
 * @throws {@link ServerRequestError}
 */
export async function sendChanges(
  connection: ServerConnection,
  facts: VersionFacts,
  changes: VersionChanges,
): Promise<void> {
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

/** Removes a version from a collection that it is linked to. @throws {@link ArtifactError}, {@link ServerRequestError} */
export async function unlinkVersion(connection: ServerConnection, { id, place, type }: VersionFacts): Promise<void> {
  const { entity, project, collection } = place
  const reply = await ask(connection, artifactQueries.collectionByName, { entity, project, type, name: collection })
  const portfolioId = maybeObject(reply, 'project', 'artifactType', 'artifactCollection')?.id
  if (typeof portfolioId !== 'string') {
    throw new ArtifactError({
      code: 'artifact-not-found',
      message: `There is no collection ${entity}/${project}/${collection} to unlink from.`,
    })
  }
  await ask(connection, artifactQueries.unlinkArtifact, { input: { artifactID: id, artifactPortfolioID: portfolioId } })
}
