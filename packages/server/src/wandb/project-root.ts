import type { ProjectAccess, ProjectRow } from '@lossline/store'
import { ServerError } from '../errors.ts'
import { parseRunFilter } from '../filters/run-filters.ts'
import type { WandbContext, WandbServices, WireObject } from './context.ts'
import { type PageArguments, toConnection } from './pages.ts'
import { toWireProject } from './wire-project.ts'

type Input<T> = { readonly input: T }
interface UpsertModelInput {
  readonly id?: string | null
  readonly name?: string | null
  readonly entityName?: string | null
  readonly description?: string | null
  readonly access?: string | null
}
interface RenameProjectInput {
  readonly entityName: string
  readonly oldProjectName: string
  readonly newProjectName: string
}
interface MoveRunsInput {
  readonly filters?: string | null
  readonly sourceEntityName: string
  readonly sourceProjectName: string
  readonly destinationEntityName: string
  readonly destinationProjectName: string
}

/** Runs are looked up in pages of so many. */
const pageRunCount = 1000

/** Projects, which older documents call models: the fields of Query and Mutation. */
export function createProjectRoot(services: WandbServices): WireObject {
  const { store, projects, runs } = services

  const findProject = async (args: { name?: string | null; entityName?: string | null }, context: WandbContext) => {
    const entity = args.entityName || context.identity.defaultEntity
    const project = args.name ? await store.project(entity, args.name) : undefined
    return project && toWireProject(project, services)
  }

  const toPayload = (project: ProjectRow, inserted: boolean): WireObject => {
    const wire = toWireProject(project, services)
    return { project: wire, model: wire, inserted }
  }

  const listMatching = async (entity: string, project: string, filters: string | null | undefined) => {
    const filter = await parseRunFilter(filters)
    const selection = { entity, project, ...(filter && { filter }) }
    const ids: number[] = []
    for (;;) {
      const page = await runs.list({ ...selection, limit: pageRunCount, offset: ids.length })
      ids.push(...page.runs.map(({ id }) => id))
      if (page.runs.length < pageRunCount) return ids
    }
  }

  return {
    project: findProject,
    model: findProject,
    models: async (args: PageArguments & { entityName?: string | null }, context: WandbContext) => {
      const found = await store.projects(args.entityName || context.identity.defaultEntity)
      return toConnection(found, args, (project) => toWireProject(project, services))
    },
    upsertModel: async ({ input }: Input<UpsertModelInput>, context: WandbContext) => {
      const { id, name, entityName, description } = input
      const edit = { description: description ?? undefined, access: toProjectAccess(input.access) }
      if (id) {
        const before = await projects.existingById(parseProjectId(id))
        return toPayload(await projects.change(before, { ...edit, name: name || undefined }), false)
      }
      const at = { entity: entityName || context.identity.defaultEntity, project: name ?? '' }
      const { project, isCreated } = await projects.put(at, edit)
      return toPayload(project, isCreated)
    },
    renameProject: async ({ input }: Input<RenameProjectInput>) => {
      const before = await projects.existing({ entity: input.entityName, project: input.oldProjectName })
      return toPayload(await projects.change(before, { name: input.newProjectName }), false)
    },
    deleteModel: async ({ input }: Input<{ id: string }>) => {
      await projects.remove(await projects.existingById(parseProjectId(input.id)))
      return { success: true }
    },
    moveRuns: async ({ input }: Input<MoveRunsInput>) => {
      const { id: _, ...from } = await projects.existing({
        entity: input.sourceEntityName,
        project: input.sourceProjectName,
      })
      const ids = await listMatching(from.entity, from.name, input.filters)
      await runs.move(ids, { entity: input.destinationEntityName, project: input.destinationProjectName })
      return { success: true, runCount: ids.length }
    },
  }
}

/** @throws {@link ServerError} `not-found`: no project has such an id. */
function parseProjectId(id: string): number {
  if (/^\d{1,15}$/.test(id)) return Number(id)
  throw new ServerError({ code: 'not-found', message: `No project has the id "${id}".` })
}

/** W&B says who may do what in one word. @throws {@link ServerError} `invalid-request` for a word that is not known. */
function toProjectAccess(access: string | null | undefined): ProjectAccess | undefined {
  if (access == null || access === '') return undefined
  const known = {
    PRIVATE: 'private',
    ENTITY_READ: 'private',
    ENTITY_WRITE: 'private',
    USER_READ: 'read',
    USER_WRITE: 'write',
  }
  const found = Object.entries(known).find(([word]) => word === access.toUpperCase())?.[1]
  if (found !== undefined) return found as ProjectAccess
  throw new ServerError({
    code: 'invalid-request',
    message: `There is no project access "${access}".`,
    hint: `Known are ${Object.keys(known).join(', ')}.`,
  })
}
