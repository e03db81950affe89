import type { OpenedWorkspaceResponse, ViewResponse, ViewRevisionResponse, WorkspaceType } from '@lossline/protocol'
import { queryOptions } from '@tanstack/react-query'
import type { ViewSaver } from '../view/workspace/view-saving.ts'
import { ApiError, callApi, isServerAway } from './client.ts'
import type { ProjectAddress } from './queries.ts'

/** Of a project that is not there yet: there is nothing to open and nothing to save. */
const nothingOpened = { view: null, name: '', username: '', mayWrite: false } as const

/**
 * @param name - Of a saved view. Default: the workspace that belongs to whoever asks.
 * @param type - `run-view`: how the pages of runs arrange their charts.
 */
export function openedWorkspaceQuery(
  { entity, project }: ProjectAddress,
  name: string | undefined,
  type: WorkspaceType = 'project-view',
) {
  return queryOptions({
    queryKey: ['views', entity, project, 'opened', name ?? null, type],
    queryFn: async ({ signal }): Promise<OpenedWorkspaceResponse> => {
      try {
        return await callApi('GET /api/projects/{entity}/{project}/workspace', {
          path: { entity, project },
          // What is usual goes without saying, as where it is asked for early.
          query: { name, type: type === 'project-view' ? undefined : type },
          signal,
        })
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return { ...nothingOpened, type }
        throw error
      }
    },
  })
}

/** Workspaces that were saved in a project. */
export function savedWorkspacesQuery({ entity, project }: ProjectAddress) {
  return queryOptions({
    queryKey: ['views', entity, project, 'list'],
    queryFn: ({ signal }) =>
      callApi('GET /api/projects/{entity}/{project}/views', {
        path: { entity, project },
        query: { type: 'project-view' },
        signal,
      }),
  })
}

/** What a view was, newest first. */
export function viewRevisionsQuery({ entity, project }: ProjectAddress, viewId: number) {
  return queryOptions({
    queryKey: ['views', entity, project, 'revisions', viewId],
    queryFn: ({ signal }) =>
      callApi('GET /api/projects/{entity}/{project}/views/{viewId}/revisions', {
        path: { entity, project, viewId },
        signal,
      }),
  })
}

/** What can be done with saved views. */
export interface ViewActions extends ViewSaver {
  rename(id: number, displayName: string): Promise<void>
  remove(id: number): Promise<void>
  restore(id: number, revision: number): Promise<ViewResponse['view']>
  revision(id: number, revision: number): Promise<ViewRevisionResponse['revision']>
}

export function createViewActions({ entity, project }: ProjectAddress): ViewActions {
  const unwrap = async (answer: Promise<ViewResponse>) => (await answer).view
  const at = (viewId: number) => ({ entity, project, viewId })
  return {
    create: (view) =>
      unwrap(callApi('POST /api/projects/{entity}/{project}/views', { path: { entity, project }, body: view })),
    change: (id, edit) =>
      unwrap(callApi('PATCH /api/projects/{entity}/{project}/views/{viewId}', { path: at(id), body: edit })),
    read: (id) => unwrap(callApi('GET /api/projects/{entity}/{project}/views/{viewId}', { path: at(id) })),
    isConflict: (error) => error instanceof ApiError && error.status === 409,
    isAway: isServerAway,
    rename: async (id, displayName) => {
      await callApi('PATCH /api/projects/{entity}/{project}/views/{viewId}', { path: at(id), body: { displayName } })
    },
    remove: (id) => callApi('DELETE /api/projects/{entity}/{project}/views/{viewId}', { path: at(id) }),
    restore: (id, revision) =>
      unwrap(
        callApi('POST /api/projects/{entity}/{project}/views/{viewId}/revisions/{number}/restore', {
          path: { ...at(id), number: revision },
        }),
      ),
    revision: async (id, revision) => {
      const path = { ...at(id), number: revision }
      return (await callApi('GET /api/projects/{entity}/{project}/views/{viewId}/revisions/{number}', { path }))
        .revision
    },
  }
}
