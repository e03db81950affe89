import type {
  OpenedWorkspaceResponse,
  ViewResponse,
  ViewRevisionResponse,
  ViewRevisionsResponse,
  ViewsResponse,
} from '@lossline/protocol'
import { queryOptions } from '@tanstack/react-query'
import type { ViewSaver } from '../view/workspace/workspace-store.ts'
import { ApiError, apiPath, getJson, patchJson, postJson, sendDelete } from './client.ts'
import type { ProjectAddress } from './queries.ts'

/** Of a project that is not there yet: there is nothing to open and nothing to save. */
const nothingOpened: OpenedWorkspaceResponse = { view: null, name: '', username: '', mayWrite: false }

/** @param name - Of a saved view. Default: the workspace that belongs to whoever asks. */
export function openedWorkspaceQuery({ entity, project }: ProjectAddress, name: string | undefined) {
  return queryOptions({
    queryKey: ['views', entity, project, 'opened', name ?? null],
    queryFn: async ({ signal }) => {
      const query = name === undefined ? '' : `?${new URLSearchParams({ name })}`
      try {
        const path = `${apiPath('projects', entity, project, 'workspace')}${query}`
        return await getJson<OpenedWorkspaceResponse>(path, signal)
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return nothingOpened
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
      getJson<ViewsResponse>(`${apiPath('projects', entity, project, 'views')}?type=project-view`, signal),
  })
}

/** What a view was, newest first. */
export function viewRevisionsQuery({ entity, project }: ProjectAddress, viewId: number) {
  return queryOptions({
    queryKey: ['views', entity, project, 'revisions', viewId],
    queryFn: ({ signal }) =>
      getJson<ViewRevisionsResponse>(
        apiPath('projects', entity, project, 'views', String(viewId), 'revisions'),
        signal,
      ),
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
  const list = apiPath('projects', entity, project, 'views')
  const unwrap = async (answer: Promise<ViewResponse>) => (await answer).view
  const revisionOf = (id: number, revision: number): string => `${list}/${id}/revisions/${revision}`
  return {
    create: (view) => unwrap(postJson<ViewResponse>(list, view)),
    change: (id, edit) => unwrap(patchJson<ViewResponse>(`${list}/${id}`, edit)),
    read: (id) => unwrap(getJson<ViewResponse>(`${list}/${id}`)),
    isConflict: (error) => error instanceof ApiError && error.status === 409,
    rename: async (id, displayName) => void (await patchJson(`${list}/${id}`, { displayName })),
    remove: (id) => sendDelete(`${list}/${id}`),
    restore: (id, revision) => unwrap(postJson<ViewResponse>(`${revisionOf(id, revision)}/restore`, {})),
    revision: async (id, revision) => (await getJson<ViewRevisionResponse>(revisionOf(id, revision))).revision,
  }
}
