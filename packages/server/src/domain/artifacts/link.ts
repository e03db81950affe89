import type { ArtifactCollectionRow, ArtifactMembershipRow } from '@lossline/store'
import { checkProjectAddress } from '../names.ts'
import { checkEntityMayBegin } from '../new-entities.ts'
import { checkAlias, checkCollectionName, invalid } from './artifact-names.ts'
import { type ArtifactServices, existingArtifact } from './artifact-services.ts'
import { requireCollectionById, requireMembership } from './collections.ts'

/** The portfolio that a link goes into: by id, or by name; one that is missing is made, and so is its project. */
export type LinkTarget =
  | { readonly portfolio: number }
  | { readonly entity: string; readonly project: string; readonly name: string }

/**
 * Puts a committed version into a portfolio. One that is in it keeps its place and gets the aliases.
 *
 * @throws {@link ServerError} `invalid-request`: a draft, a collection of another type or one where versions are made; `not-found`.
 */
export async function linkArtifact(
  services: ArtifactServices,
  id: number,
  target: LinkTarget,
  aliases: readonly string[],
): Promise<ArtifactMembershipRow> {
  const artifact = await existingArtifact(services, id)
  if (artifact.state !== 'committed') throw invalid('Only a committed version can be linked.')
  const { type } = await requireCollectionById(services, artifact.sequence)
  for (const alias of aliases) checkAlias(alias)
  const collection = await findPortfolio(services, target, type)
  const [{ membership }] = await services.store.write([
    { kind: 'link-artifact', collection: collection.id, artifact: id, aliases, nowMs: services.clock.now() },
  ])
  return membership
}

async function findPortfolio(
  services: ArtifactServices,
  target: LinkTarget,
  type: string,
): Promise<ArtifactCollectionRow> {
  if ('portfolio' in target) return ofType(await requireCollectionById(services, target.portfolio, 'portfolio'), type)
  const { entity, project } = checkProjectAddress(target)
  const name = checkCollectionName(target.name)
  return services.turns.run(`${entity}/${project}/${name}`, async () => {
    const found = await services.store.project(entity, project)
    const known = found && (await services.reads.collection({ project: found.id, name }))
    if (known?.kind === 'sequence') throw invalid(`"${name}" is a collection in which versions are made, not links.`)
    if (known !== undefined) return ofType(known, type)
    if (found === undefined) await checkEntityMayBegin(services.store, entity)
    const nowMs = services.clock.now()
    const [{ collection }] = await services.store.write([
      { kind: 'put-artifact-collection', entity, project, name, type, collectionKind: 'portfolio', nowMs },
    ])
    return collection
  })
}

function ofType(collection: ArtifactCollectionRow, type: string): ArtifactCollectionRow {
  if (collection.type === type) return collection
  throw invalid(`The collection "${collection.name}" holds the type "${collection.type}", not "${type}".`)
}

/** Takes a link away; the version stays where it was made. @throws {@link ServerError} `invalid-request`, `not-found`. */
export async function unlinkArtifact(services: ArtifactServices, id: number, portfolio: number): Promise<void> {
  await requireMembership(services, await requireCollectionById(services, portfolio, 'portfolio'), id)
  await services.store.write([
    { kind: 'unlink-artifact', collection: portfolio, artifact: id, nowMs: services.clock.now() },
  ])
}
