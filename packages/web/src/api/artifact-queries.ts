import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { LineageState } from '../view/artifacts/lineage-state.ts'
import { callApi } from './client.ts'
import { type RunAddress, runDataKey } from './media-queries.ts'
import type { ProjectAddress } from './queries.ts'

const versionsPageSize = 100
const filesPageSize = 1000

/** Artifacts of a project by type. */
export function artifactTypesQuery({ entity, project }: ProjectAddress) {
  return queryOptions({
    queryKey: ['artifacts', entity, project],
    queryFn: ({ signal }) =>
      callApi('GET /api/projects/{entity}/{project}/artifacts', { path: { entity, project }, signal }),
  })
}

/** Versions of a collection, a hundred at a time. */
export function artifactVersionsQuery({ entity, project }: ProjectAddress, collection: string) {
  return infiniteQueryOptions({
    queryKey: ['artifacts', entity, project, collection, 'versions'],
    queryFn: ({ signal, pageParam }) => {
      const query = { offset: pageParam, limit: versionsPageSize }
      const path = { entity, project, collection }
      return callApi('GET /api/projects/{entity}/{project}/artifacts/{collection}/versions', { path, query, signal })
    },
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, page) => sum + page.versions.length, 0)
      return shown < last.total ? shown : undefined
    },
  })
}

/** One version, by its number, an alias or its digest. */
export function artifactVersionQuery({ entity, project }: ProjectAddress, collection: string, version: string) {
  return queryOptions({
    queryKey: ['artifacts', entity, project, collection, 'version', version],
    queryFn: ({ signal }) =>
      callApi('GET /api/projects/{entity}/{project}/artifacts/{collection}/versions/{version}', {
        path: { entity, project, collection, version },
        signal,
      }),
  })
}

/** Files of a version, some at a time. They never change. */
export function artifactFilesQuery(id: number) {
  return infiniteQueryOptions({
    queryKey: ['artifact-files', id],
    queryFn: ({ signal, pageParam }) => {
      const query = { after: pageParam, limit: filesPageSize }
      return callApi('GET /api/artifacts/{id}/files', { path: { id }, query, signal })
    },
    initialPageParam: '',
    getNextPageParam: (last) => (last.hasMore ? last.files.at(-1)?.path : undefined),
  })
}

/** What a version was made from and what with it. */
export function lineageQuery(id: number, depth: number, direction: LineageState['direction']) {
  return queryOptions({
    queryKey: ['artifact-lineage', id, depth, direction],
    queryFn: ({ signal }) =>
      callApi('GET /api/artifacts/{id}/lineage', { path: { id }, query: { depth, direction }, signal }),
  })
}

/** What a run used and made. */
export function runArtifactsQuery(run: RunAddress) {
  const { entity, project, runId } = run
  return queryOptions({
    queryKey: [...runDataKey(run), 'artifacts'],
    queryFn: ({ signal }) =>
      callApi('GET /api/runs/{entity}/{project}/{runId}/artifacts', { path: { entity, project, runId }, signal }),
  })
}

/** Versions that match a text, some at a time. */
export function artifactSearchQuery({ entity, project }: ProjectAddress, search: string) {
  return infiniteQueryOptions({
    queryKey: ['artifacts', entity, project, 'search', search],
    queryFn: ({ signal, pageParam }) => {
      const query = { search, after: pageParam }
      return callApi('GET /api/projects/{entity}/{project}/artifact-versions', {
        path: { entity, project },
        query,
        signal,
      })
    },
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  })
}

/** How aliases of a collection have moved, some at a time. */
export function aliasChangesQuery({ entity, project }: ProjectAddress, collection: string) {
  return infiniteQueryOptions({
    queryKey: ['artifacts', entity, project, collection, 'alias-changes'],
    queryFn: ({ signal, pageParam }) => {
      const query = { limit: aliasChangesPageSize, before: pageParam }
      const path = { entity, project, collection }
      return callApi('GET /api/projects/{entity}/{project}/artifacts/{collection}/alias-changes', {
        path,
        query,
        signal,
      })
    },
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ changes }) => (changes.length < aliasChangesPageSize ? undefined : changes.at(-1)?.id),
  })
}

const aliasChangesPageSize = 200

/** Runs that used any version of a collection. */
export function artifactUsersQuery({ entity, project }: ProjectAddress, collection: string) {
  return queryOptions({
    queryKey: ['artifact-users', entity, project, collection],
    queryFn: ({ signal }) =>
      callApi('GET /api/projects/{entity}/{project}/artifacts/{collection}/users', {
        path: { entity, project, collection },
        signal,
      }),
  })
}
