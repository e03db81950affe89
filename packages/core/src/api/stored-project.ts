import type { JsonObject } from '@lossline/protocol'
import { checkPerPage } from '../options/check-count.ts'
import { checkOptions } from '../options/check-options.ts'
import type { ApiContext } from './api-context.ts'
import { NotFoundError, UnsupportedByServerError } from './api-errors.ts'
import { toListPage } from './connection-page.ts'
import { listRuns, type RunsOptions } from './list-runs.ts'
import { createListing, type Listing, type RequestOptions, requestOptionNames } from './listing.ts'
import type { StoredRun } from './stored-run.ts'
import { maybeDateAt, maybeObjectAt, maybeTextAt } from './wire-values.ts'

/** A project on a server. */
export interface StoredProject {
  readonly name: string
  readonly entity: string
  /** `entity/project`. */
  readonly path: string
  readonly storageId: string
  readonly createdAt: Date | undefined
  /** Address of its page. */
  readonly url: string | undefined
  /** Its runs; see {@link Api.runs}. */
  runs(options?: RunsOptions): Listing<StoredRun>
  /**
   * Gives it another name. On a server of ours its runs are found under the old one too.
   *
   * @returns the project under its new name; this object keeps the old one.
   * @throws {@link UnsupportedByServerError}
   */
  rename(name: string, options?: RequestOptions): Promise<StoredProject>
  /**
   * Removes the project with all its runs, artifacts and views for good, where the server can. Refused by ours while a run of it
   * goes on.
   *
   * @throws {@link UnsupportedByServerError}
   */
  delete(options?: RequestOptions): Promise<void>
}

const projectFields = `fragment ProjectFields on Project { id name entityName createdAt }`

const projectsQuery = `query GetProjects($entity: String, $cursor: String, $perPage: Int) {
  models(entityName: $entity, after: $cursor, first: $perPage) {
    edges { node { ...ProjectFields } cursor } pageInfo { endCursor hasNextPage }
  }
}
${projectFields}`

const projectQuery = `query GetProject($name: String!, $entity: String!) {
  project(name: $name, entityName: $entity) { ...ProjectFields }
}
${projectFields}`

const createProjectMutation = `mutation CreateProject($input: UpsertModelInput!) {
  upsertModel(input: $input) { project { ...ProjectFields } inserted }
}
${projectFields}`

const renameProjectMutation = `mutation RenameProject($input: RenameProjectInput!) {
  renameProject(input: $input) { project { ...ProjectFields } }
}
${projectFields}`

const deleteProjectMutation = `mutation DeleteProject($id: String!) { deleteModel(input: { id: $id }) { success } }`

/** Lists the projects of an entity. */
export function listProjects(
  context: ApiContext,
  entity: string | undefined,
  given: RequestOptions & { readonly perPage?: number | undefined },
): Listing<StoredProject> {
  checkOptions('projects', given, { ...requestOptionNames, perPage: true })
  const { perPage = 200, signal } = given
  checkPerPage('projects', perPage)
  return createListing({
    signal,
    async fetchPage(cursor, options) {
      const at = await context.locateEntity(entity, options)
      const variables = { entity: at, cursor: cursor ?? null, perPage }
      const answer = await context.ask('GetProjects', projectsQuery, variables, options)
      return toListPage(maybeObjectAt(answer, 'models'), (node) => toStoredProject(context, node, at))
    },
  })
}

/** Finds a project. @throws {@link NotFoundError} */
export async function findProject(
  context: ApiContext,
  at: { readonly entity: string; readonly project: string },
  options: RequestOptions,
): Promise<StoredProject> {
  const variables = { name: at.project, entity: at.entity }
  const node = maybeObjectAt(await context.ask('GetProject', projectQuery, variables, options), 'project')
  if (node === undefined) throw new NotFoundError(`project "${at.entity}/${at.project}"`, context.placeName)
  return toStoredProject(context, node, at.entity)
}

/** Makes a project, or returns the one that there is. */
export async function createProject(
  context: ApiContext,
  at: { readonly entity: string; readonly project: string },
  options: RequestOptions,
): Promise<StoredProject> {
  const variables = { input: { name: at.project, entityName: at.entity } }
  const answer = await context.ask('CreateProject', createProjectMutation, variables, options)
  const node = maybeObjectAt(answer, 'upsertModel', 'project')
  if (node === undefined) throw new UnsupportedByServerError('Making a project', context.placeName, undefined)
  return toStoredProject(context, node, at.entity)
}

function toStoredProject(context: ApiContext, node: JsonObject, askedEntity: string): StoredProject {
  const name = maybeTextAt(node, 'name') ?? ''
  const entity = maybeTextAt(node, 'entityName') ?? askedEntity
  const storageId = maybeTextAt(node, 'id') ?? ''
  return {
    name,
    entity,
    path: `${entity}/${name}`,
    storageId,
    createdAt: maybeDateAt(node, 'createdAt'),
    get url() {
      return context.pageUrl([entity, name])
    },
    runs: (options = {}) => listRuns(context, { entity, project: name }, options),
    async rename(newName, options = {}) {
      checkOptions('rename', options, requestOptionNames)
      const input = { entityName: entity, oldProjectName: name, newProjectName: newName }
      const answer = await context.ask('RenameProject', renameProjectMutation, { input }, options)
      const renamed = maybeObjectAt(answer, 'renameProject', 'project')
      if (renamed === undefined) throw new NotFoundError(`project "${entity}/${name}"`, context.placeName)
      return toStoredProject(context, renamed, entity)
    },
    async delete(options = {}) {
      checkOptions('delete', options, requestOptionNames)
      await context.ask('DeleteProject', deleteProjectMutation, { id: storageId }, options)
    },
  }
}
