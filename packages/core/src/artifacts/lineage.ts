import type { JsonObject } from '@lossline/protocol'
import { maybeObjectAt } from '../api/wire-values.ts'
import { ask, fetchByPath } from './artifact-api.ts'
import { artifactQueries } from './artifact-queries.ts'
import { maybeText, nodesOf } from './read-reply.ts'
import { isLinkFound, parseMembership, type VersionFacts } from './version-facts.ts'
import { type KnownVersion, toVersion } from './version-state.ts'

/** A run that made or used a version. */
export interface ArtifactRun {
  readonly entity: string
  readonly project: string
  readonly id: string
  readonly name: string
  /** `entity/project/id`, as `Api.run` takes it. */
  readonly path: string
}

/** The run that made a version; undefined when it was no run. */
export async function fetchMaker({ facts, connection }: KnownVersion): Promise<ArtifactRun | undefined> {
  const reply = await ask(connection, artifactQueries.createdBy, { id: facts.id })
  return toArtifactRun(maybeObjectAt(reply, 'artifact', 'createdBy'))
}

/** The runs that took a version as input, in whichever collection they found it. */
export async function fetchUsers({ facts, connection }: KnownVersion): Promise<ArtifactRun[]> {
  const reply = await ask(connection, artifactQueries.usedBy, { id: facts.id })
  return nodesOf(maybeObjectAt(reply, 'artifact')?.usedBy).flatMap((run) => toArtifactRun(run) ?? [])
}

/** The version in all collections that it is linked to. */
export async function fetchLinks({ facts, connection }: KnownVersion): Promise<VersionFacts[]> {
  const reply = await ask(connection, artifactQueries.memberships, { artifactID: facts.id })
  return nodesOf(maybeObjectAt(reply, 'artifact')?.artifactMemberships)
    .filter((membership) => maybeObjectAt(membership, 'artifact') !== undefined)
    .map(parseMembership)
    .filter(isLinkFound)
}

/** The version where it was made. @throws {@link ArtifactError} `artifact-not-found`; {@link ServerRequestError}. */
export function fetchSource({ facts, connection }: KnownVersion): Promise<VersionFacts> {
  const { versionIndex, ...place } = facts.source
  return fetchByPath(connection, { ...place, ...toVersion(versionIndex) }, {})
}

function toArtifactRun(run: JsonObject | undefined): ArtifactRun | undefined {
  const project = maybeText(maybeObjectAt(run, 'project'), 'name')
  const entity = maybeText(maybeObjectAt(run, 'project', 'entity'), 'name')
  const id = maybeText(run, 'name')
  if (project === undefined || entity === undefined || id === undefined) return undefined
  return { entity, project, id, name: maybeText(run, 'displayName') ?? id, path: `${entity}/${project}/${id}` }
}
