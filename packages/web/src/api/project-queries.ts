import { queryOptions } from '@tanstack/react-query'
import { callApi } from './client.ts'
import type { ProjectAddress } from './queries.ts'

/** One project with its description. */
export function projectQuery({ entity, project }: ProjectAddress) {
  return queryOptions({
    queryKey: ['project', entity, project],
    queryFn: ({ signal }) => callApi('GET /api/projects/{entity}/{project}', { path: { entity, project }, signal }),
  })
}

/** What a project takes. Asked for once a visit: the server looks at the files of every run. */
export function projectStorageQuery({ entity, project }: ProjectAddress) {
  return queryOptions({
    queryKey: ['project-storage', entity, project],
    queryFn: ({ signal }) =>
      callApi('GET /api/projects/{entity}/{project}/storage', { path: { entity, project }, signal }),
    staleTime: 5 * 60_000,
  })
}

/** Who has logged to a project, and how much. */
export function contributorsQuery({ entity, project }: ProjectAddress) {
  return queryOptions({
    queryKey: ['run-groups', entity, project, 'contributors'],
    queryFn: ({ signal }) =>
      callApi('POST /api/projects/{entity}/{project}/runs/groups', {
        path: { entity, project },
        body: { by: ['run.user'], limit: 1000 },
        signal,
      }),
  })
}

/** Deleted runs of a project that can still be brought back. */
export function trashQuery({ entity, project }: ProjectAddress) {
  return queryOptions({
    queryKey: ['runs', entity, project, 'trash'],
    queryFn: ({ signal }) =>
      callApi('GET /api/projects/{entity}/{project}/trash', { path: { entity, project }, signal }),
  })
}

/** Reports that W&B's libraries have saved in a project, published ones. */
export function reportsQuery({ entity, project }: ProjectAddress) {
  return queryOptions({
    queryKey: ['views', entity, project, 'runs'],
    queryFn: ({ signal }) =>
      callApi('GET /api/projects/{entity}/{project}/views', {
        path: { entity, project },
        query: { type: 'runs' },
        signal,
      }),
  })
}

/** What has a text in its name, in all projects. */
export function searchQuery(text: string) {
  return queryOptions({
    queryKey: ['search', text],
    queryFn: ({ signal }) => callApi('GET /api/search', { query: { q: text }, signal }),
  })
}
