import type {
  ArtifactCollectionKind,
  ArtifactCollectionRow,
  ArtifactMembershipRow,
  ArtifactTypeRow,
} from '@lossline/store'
import { ServerError } from '../../errors.ts'
import { checkProjectAddress } from '../names.ts'
import { checkEntityMayBegin } from '../new-entities.ts'
import { checkArtifactTag, checkCollectionName, checkTypeName, invalid } from './artifact-names.ts'
import type { ArtifactServices } from './artifact-services.ts'

/** @throws {@link ServerError} `not-found`. */
export async function requireCollection(
  { store, reads }: ArtifactServices,
  at: { readonly entity: string; readonly project: string },
  name: string,
): Promise<ArtifactCollectionRow> {
  const project = await store.project(at.entity, at.project)
  const found = project && (await reads.collection({ project: project.id, name }))
  if (found !== undefined) return found
  throw new ServerError({
    code: 'not-found',
    message: `There is no artifact collection "${name}" in ${at.entity}/${at.project}.`,
  })
}

/** @throws {@link ServerError} `not-found`: there is none, or it is of the other kind. */
export async function requireCollectionById(
  { reads }: ArtifactServices,
  id: number,
  kind?: ArtifactCollectionKind,
): Promise<ArtifactCollectionRow> {
  const found = await reads.collectionById(id)
  if (found !== undefined && (kind === undefined || found.kind === kind)) return found
  throw new ServerError({ code: 'not-found', message: `There is no such ${kind ?? 'collection'} of artifacts.` })
}

/** The place of a version in a collection. @throws {@link ServerError} `invalid-request`. */
export async function requireMembership(
  { reads }: ArtifactServices,
  { id, name }: Pick<ArtifactCollectionRow, 'id' | 'name'>,
  artifact: number,
): Promise<ArtifactMembershipRow> {
  const found = await reads.membership({ collection: id, artifact })
  if (found === undefined) throw invalid(`The version is not in the collection "${name}".`)
  return found
}

/** Undefined leaves a field as it is. */
export interface CollectionEdit {
  readonly name?: string | undefined
  readonly description?: string | undefined
  /** Moves all versions; made where it is missing. */
  readonly type?: string | undefined
}

/** Renames, describes or retypes; versions, aliases and client ids stay. @throws {@link ServerError} `invalid-request`, `not-found`. */
export async function editCollection(
  services: ArtifactServices,
  id: number,
  kind: ArtifactCollectionKind,
  edit: CollectionEdit,
): Promise<ArtifactCollectionRow> {
  const found = await requireCollectionById(services, id, kind)
  const { name, description, type } = edit
  if (type !== undefined) checkTypeName(type)
  if (name !== undefined && name !== found.name) {
    checkCollectionName(name)
    const namesake = await services.reads.collection({ project: found.projectId, name })
    if (namesake !== undefined) throw invalid(`The name "${name}" is taken by a ${namesake.kind} of the project.`)
  }
  const nowMs = services.clock.now()
  const [{ collection }] = await services.store.write([
    { kind: 'change-artifact-collection', collection: id, name, description, type, nowMs },
  ])
  return collection
}

/** Deletes links, or versions with the links to them. @throws {@link ServerError} `not-found`. */
export async function deleteCollection(
  services: ArtifactServices,
  id: number,
  kind: ArtifactCollectionKind,
): Promise<ArtifactCollectionRow> {
  const found = await requireCollectionById(services, id, kind)
  await services.store.write([{ kind: 'delete-artifact-collection', collection: id, nowMs: services.clock.now() }])
  return found
}

/** @throws {@link ServerError} `invalid-request`, `not-found`. */
export async function tagCollection(
  services: ArtifactServices,
  at: { readonly entity: string; readonly project: string; readonly collection: string },
  change: { readonly tagsToAdd?: readonly string[]; readonly tagsToDelete?: readonly string[] },
): Promise<ArtifactCollectionRow> {
  const { id } = await requireCollection(services, at, at.collection)
  for (const tag of change.tagsToAdd ?? []) checkArtifactTag(tag)
  const [{ collection }] = await services.store.write([
    { kind: 'change-artifact-collection', collection: id, ...change, nowMs: services.clock.now() },
  ])
  return collection
}

/** The type with this name, made where it is missing. @throws {@link ServerError} `invalid-request`. */
export async function createType(
  { store, clock }: ArtifactServices,
  request: {
    readonly entity: string
    readonly project: string
    readonly name: string
    readonly description: string | undefined
  },
): Promise<ArtifactTypeRow> {
  const at = checkProjectAddress(request)
  const { description } = request
  await checkEntityMayBegin(store, at.entity)
  const nowMs = clock.now()
  const [{ project }] = await store.write([{ kind: 'put-project', entity: at.entity, name: at.project, nowMs }])
  const [{ type }] = await store.write([
    { kind: 'put-artifact-type', project: project.id, name: checkTypeName(request.name), description, nowMs },
  ])
  return type
}
