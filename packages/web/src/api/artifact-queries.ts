import type {
  AliasChangesResponse,
  ArtifactFilesResponse,
  ArtifactLineageResponse,
  ArtifactSearchResponse,
  ArtifactTypesResponse,
  ArtifactUsersResponse,
  ArtifactVersionResponse,
  ArtifactVersionsResponse,
  RunArtifactsResponse,
} from '@lossline/protocol'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { LineageState } from '../view/lineage-state.ts'
import { apiPath, getJson } from './client.ts'
import { type RunAddress, runDataKey } from './media-queries.ts'
import type { ProjectAddress } from './queries.ts'

const versionsPageSize = 100
const filesPageSize = 1000

/** Artifacts of a project by type. */
export function artifactTypesQuery({ entity, project }: ProjectAddress) {
  return queryOptions({
    queryKey: ['artifacts', entity, project],
    queryFn: ({ signal }) => getJson<ArtifactTypesResponse>(apiPath('projects', entity, project, 'artifacts'), signal),
  })
}

/** Versions of a collection, a hundred at a time. */
export function artifactVersionsQuery({ entity, project }: ProjectAddress, collection: string) {
  return infiniteQueryOptions({
    queryKey: ['artifacts', entity, project, collection, 'versions'],
    queryFn: ({ signal, pageParam }) => {
      const params = new URLSearchParams({ offset: String(pageParam), limit: String(versionsPageSize) })
      const path = apiPath('projects', entity, project, 'artifacts', collection, 'versions')
      return getJson<ArtifactVersionsResponse>(`${path}?${params}`, signal)
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
      getJson<ArtifactVersionResponse>(
        apiPath('projects', entity, project, 'artifacts', collection, 'versions', version),
        signal,
      ),
  })
}

/** Files of a version, some at a time. They never change. */
export function artifactFilesQuery(id: number) {
  return infiniteQueryOptions({
    queryKey: ['artifact-files', id],
    queryFn: ({ signal, pageParam }) => {
      const params = new URLSearchParams({ after: pageParam, limit: String(filesPageSize) })
      return getJson<ArtifactFilesResponse>(`${apiPath('artifacts', String(id), 'files')}?${params}`, signal)
    },
    initialPageParam: '',
    getNextPageParam: (last) => (last.hasMore ? last.files.at(-1)?.path : undefined),
  })
}

/** What a version was made from and what with it. */
export function lineageQuery(id: number, depth: number, direction: LineageState['direction']) {
  return queryOptions({
    queryKey: ['artifact-lineage', id, depth, direction],
    queryFn: ({ signal }) => {
      const params = new URLSearchParams({ depth: String(depth), direction })
      return getJson<ArtifactLineageResponse>(`${apiPath('artifacts', String(id), 'lineage')}?${params}`, signal)
    },
  })
}

/** What a run used and made. */
export function runArtifactsQuery(run: RunAddress) {
  const { entity, project, runId } = run
  return queryOptions({
    queryKey: [...runDataKey(run), 'artifacts'],
    queryFn: ({ signal }) =>
      getJson<RunArtifactsResponse>(apiPath('runs', entity, project, runId, 'artifacts'), signal),
  })
}

/** Versions that match a text, some at a time. */
export function artifactSearchQuery({ entity, project }: ProjectAddress, search: string) {
  return infiniteQueryOptions({
    queryKey: ['artifacts', entity, project, 'search', search],
    queryFn: ({ signal, pageParam }) => {
      const params = new URLSearchParams({ search, after: pageParam })
      return getJson<ArtifactSearchResponse>(
        `${apiPath('projects', entity, project, 'artifact-versions')}?${params}`,
        signal,
      )
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
      const params = new URLSearchParams({
        limit: String(aliasChangesPageSize),
        ...(pageParam === undefined ? {} : { before: String(pageParam) }),
      })
      const path = apiPath('projects', entity, project, 'artifacts', collection, 'alias-changes')
      return getJson<AliasChangesResponse>(`${path}?${params}`, signal)
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
      getJson<ArtifactUsersResponse>(apiPath('projects', entity, project, 'artifacts', collection, 'users'), signal),
  })
}
