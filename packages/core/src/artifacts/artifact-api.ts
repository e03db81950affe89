import { type ArtifactPath, formatArtifactPath, type JsonObject } from '@lossline/protocol'
import { maybeObjectAt } from '../api/wire-values.ts'
import type { AskOptions, ServerConnection } from '../server/server-connection.ts'
import { ArtifactError } from './artifact-error.ts'
import { type ArtifactQuery, artifactQueries } from './artifact-queries.ts'
import { maybeText } from './read-reply.ts'
import { parseArtifact, parseMembership, type VersionFacts } from './version-facts.ts'

/** Where names without an entity or a project are looked up. */
export interface ArtifactDefaults {
  /** Default: the entity of whoever asks. */
  readonly entity?: string | undefined
  readonly project?: string | undefined
}

// W&B's name for the project of those who named none.
const projectDefault = 'uncategorized'
const viewerEntities = new WeakMap<ServerConnection, Promise<string>>()

/** Asks one of the questions about artifacts. @throws {@link ServerRequestError} */
export function ask(
  connection: ServerConnection,
  { operationName, document }: ArtifactQuery,
  variables: JsonObject,
  options?: AskOptions,
): Promise<JsonObject> {
  return connection.graphql(operationName, document, variables, options)
}

/** The entity of whoever asks; asked once for each connection. */
export function viewerEntity(connection: ServerConnection): Promise<string> {
  let entity = viewerEntities.get(connection)
  if (entity === undefined) {
    entity = ask(connection, artifactQueries.viewer, {}).then(
      (reply) => maybeText(maybeObjectAt(reply, 'viewer'), 'entity') ?? '',
    )
    viewerEntities.set(connection, entity)
    entity.catch(() => viewerEntities.delete(connection))
  }
  return entity
}

/** A path with its entity and project. */
export async function completePath(
  connection: ServerConnection,
  path: ArtifactPath,
  defaults: ArtifactDefaults,
): Promise<Required<Pick<ArtifactPath, 'entity' | 'project' | 'collection'>> & ArtifactPath> {
  return {
    ...path,
    entity: path.entity ?? defaults.entity ?? (await viewerEntity(connection)),
    project: path.project ?? defaults.project ?? projectDefault,
  }
}

/** The version of an id, if there is one. */
export async function maybeFetchById(
  connection: ServerConnection,
  id: string,
  options?: AskOptions,
): Promise<VersionFacts | undefined> {
  const artifact = maybeObjectAt(await ask(connection, artifactQueries.artifactById, { id }, options), 'artifact')
  return artifact === undefined ? undefined : parseArtifact(artifact)
}

/** The server's id of a version that was logged with a client id, if the server has it already. */
export async function maybeFetchServerId(
  connection: ServerConnection,
  clientId: string,
  options?: AskOptions,
): Promise<string | undefined> {
  const reply = await ask(connection, artifactQueries.clientIdMapping, { clientID: clientId }, options)
  return maybeText(maybeObjectAt(reply, 'clientIDMapping'), 'serverID')
}

/**
 * The version of a path; without a version in it, the latest one.
 *
 * @throws {@link ArtifactError} `artifact-not-found`; {@link ServerRequestError}.
 */
export async function fetchByPath(
  connection: ServerConnection,
  path: ArtifactPath,
  defaults: ArtifactDefaults,
): Promise<VersionFacts> {
  const { entity, project, collection, version = 'latest' } = await completePath(connection, path, defaults)
  const name = `${collection}:${version}`
  const reply = await ask(connection, artifactQueries.membershipByName, { entity, project, name })
  const membership = maybeObjectAt(reply, 'project', 'artifactCollectionMembership')
  if (maybeObjectAt(membership, 'artifact') !== undefined) return parseMembership(membership as JsonObject)
  const hasProject = maybeObjectAt(reply, 'project') !== undefined
  throw new ArtifactError({
    code: 'artifact-not-found',
    message: hasProject
      ? `There is no artifact ${formatArtifactPath({ entity, project, collection, version })}.`
      : `There is no project ${entity}/${project}, in which artifact ${name} was looked for.`,
    hint: 'Write name:alias, name:v3, project/name:alias or entity/project/name:alias; without a version, latest is meant.',
  })
}
