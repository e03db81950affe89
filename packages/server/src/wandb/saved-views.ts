import type { ViewRow } from '@lossline/store'
import { checkSpec } from '../domain/check-spec.ts'
import { ServerError } from '../errors.ts'
import { toWireUserNamed } from './accounts/wire-account.ts'
import { parseGlobalId, requireGlobalId, toGlobalId } from './artifacts/global-ids.ts'
import type { WandbContext, WandbServices, WireObject } from './context.ts'
import { toIsoTime } from './iso-time.ts'
import { type Connection, type PageArguments, toConnection } from './pages.ts'
import { toWireProjectHeader } from './wire-project-header.ts'

type Maybe<T> = T | null | undefined

interface UpsertViewInput {
  readonly id?: Maybe<string>
  readonly entityName?: Maybe<string>
  readonly projectName?: Maybe<string>
  readonly name?: Maybe<string>
  readonly displayName?: Maybe<string>
  readonly description?: Maybe<string>
  readonly type?: Maybe<string>
  readonly spec?: Maybe<string>
}

/** What `Project.allViews` is asked for. */
export interface ViewsArguments extends PageArguments {
  readonly viewType?: Maybe<string>
  readonly viewName?: Maybe<string>
  readonly userName?: Maybe<string>
}

/** Saved views (reports, workspaces), which are kept and given back untouched. */
export function createSavedViews(services: WandbServices): WireObject {
  const { store, views } = services
  return {
    view: async ({ id }: { id: string }) => {
      const number = parseGlobalId('View', id)
      const view = number === undefined ? undefined : await store.view(number)
      return view === undefined ? null : toWireView(view, services)
    },
    upsertView: async ({ input }: { input: UpsertViewInput }, { identity }: WandbContext) => {
      if (input.spec != null) checkSpec(input.spec)
      const known = input.id == null ? undefined : await existingView(input.id, services)
      const fields = {
        type: input.type ?? undefined,
        name: input.name ?? undefined,
        displayName: input.displayName ?? undefined,
        description: input.description ?? undefined,
        spec: input.spec ?? undefined,
      }
      const { username } = identity
      const view =
        known === undefined
          ? await views.create(
              await projectOf(input, identity.defaultEntity, services),
              // W&B's client makes as many reports of one name as it is asked for.
              fields,
              { username, isNameUnique: false },
            )
          : await views.change(known, fields, { username })
      return { view: toWireView(view, services), inserted: known === undefined }
    },
    deleteView: async ({ input }: { input: { id: string } }, { identity }: WandbContext) => {
      await views.remove(await existingView(input.id, services), identity.username)
      return { success: true, pendingDrafts: [] }
    },
  }
}

/** `Project.allViews`. */
export async function listViews(
  project: number,
  args: ViewsArguments,
  services: WandbServices,
): Promise<Connection<WireObject>> {
  const { viewType, viewName, userName } = args
  const views = await services.store.views({
    project,
    type: viewType ?? undefined,
    name: viewName ?? undefined,
    username: userName ?? undefined,
  })
  return toConnection(views, args, (view) => toWireView(view, services))
}

function toWireView(view: ViewRow, services: WandbServices): WireObject {
  return {
    id: toGlobalId('View', view.id),
    name: view.name,
    displayName: view.displayName,
    description: view.description,
    type: view.type,
    user: () => (view.username === '' ? null : toWireUserNamed(view.username, services)),
    project: async () => {
      const project = await services.store.projectById(view.projectId)
      return project === undefined ? null : toWireProjectHeader(project, services)
    },
    spec: view.spec,
    createdAt: toIsoTime(view.createdAtMs),
    updatedAt: toIsoTime(view.updatedAtMs),
  }
}

async function existingView(id: string, { store }: WandbServices): Promise<ViewRow> {
  const view = await store.view(requireGlobalId('View', id))
  if (view !== undefined) return view
  throw new ServerError({ code: 'not-found', message: `No View has the id "${id}".` })
}

async function projectOf(
  { entityName, projectName }: UpsertViewInput,
  defaultEntity: string,
  services: WandbServices,
): Promise<number> {
  const { project } = await services.projects.put({ entity: entityName || defaultEntity, project: projectName ?? '' })
  return project.id
}
