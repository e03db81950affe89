import { type ArtifactPath, parseArtifactName, parseArtifactPath } from '@lossline/protocol'
import { maybeNumberAt, maybeObjectAt } from '../api/wire-values.ts'
import type { OptionNames } from '../options/check-options.ts'
import type { ServerConnection } from '../server/server-connection.ts'
import { ask, completePath, fetchByPath } from './artifact-api.ts'
import { ArtifactError } from './artifact-error.ts'
import { toAliases } from './artifact-options.ts'
import { artifactQueries } from './artifact-queries.ts'
import { maybeText } from './read-reply.ts'
import type { VersionFacts } from './version-facts.ts'
import type { VersionState } from './version-state.ts'
import { type WaitOptions, waitOptionNames } from './wait-for-version.ts'

/** How a version is linked to a collection, and how long it is waited for before. */
export interface LinkArtifactOptions extends WaitOptions {
  /** Names of the version there, beside `latest`. */
  readonly aliases?: readonly string[] | string | undefined
}

/** @internal */
export const linkOptionNames: OptionNames<LinkArtifactOptions> = { ...waitOptionNames, aliases: true }

const registryPrefix = 'wandb-registry-'

/**
 * Links a version to a collection, which is made if it is missing.
 *
 * @param target - `[[entity/]project/]collection`. The entity is the version's own unless it is given.
 * @returns the version as it is found there; undefined in disabled mode.
 * @throws {@link ArtifactError}, {@link ProtocolError}, {@link ServerRequestError}
 */
export async function linkVersion(
  state: VersionState,
  target: string,
  { aliases: aliasesGiven, ...waiting }: LinkArtifactOptions,
): Promise<VersionFacts | undefined> {
  const { context } = state
  if (context.isDisabled) return undefined
  parseLinkTarget(target)
  const { facts, connection } = await state.known('link', waiting)
  const aliases = toAliases(aliasesGiven)
  const path = await completePath(connection, await toTarget(connection, facts, target), {
    project: context.defaults().project,
    entity: facts.source.entity,
  })
  const { entity, project, collection } = path
  const reply = await ask(connection, artifactQueries.linkArtifact, {
    input: {
      artifactID: facts.id,
      artifactPortfolioName: collection,
      entityName: entity,
      projectName: project,
      aliases: aliases.map((alias) => ({ artifactCollectionName: collection, alias })),
    },
  })
  const versionIndex = maybeNumberAt(maybeObjectAt(reply, 'result'), 'versionIndex')
  const version = versionIndex === undefined ? 'latest' : `v${versionIndex}`
  return fetchByPath(connection, { entity, project, collection, version }, {})
}

/** The collection that a text names. @throws {@link ArtifactError}, {@link ProtocolError} `invalid-name` */
export function parseLinkTarget(target: string): ArtifactPath {
  const path = parseArtifactPath(target)
  parseArtifactName(path.collection)
  if (path.version !== undefined) {
    throw new ArtifactError({
      code: 'artifact-invalid',
      message: `A version is linked to a collection, not to "${target}".`,
      hint: 'Leave out what follows the colon, and give names with the option aliases.',
    })
  }
  return path
}

async function toTarget(connection: ServerConnection, facts: VersionFacts, target: string): Promise<ArtifactPath> {
  const path = parseLinkTarget(target)
  if (path.entity !== undefined || path.project?.startsWith(registryPrefix) !== true) return path
  // A registry is a project of the organisation's own entity.
  const reply = await ask(connection, artifactQueries.organization, { entityName: facts.source.entity })
  const entity = maybeText(maybeObjectAt(reply, 'entity', 'organization', 'orgEntity'), 'name')
  if (entity !== undefined) return { ...path, entity }
  throw new ArtifactError({
    code: 'artifact-not-found',
    message: `"${facts.source.entity}" belongs to no organization, so it has no registry "${path.project}".`,
    hint: 'Link to a collection of a project instead, or name the organization: organization/wandb-registry-…/collection.',
  })
}
