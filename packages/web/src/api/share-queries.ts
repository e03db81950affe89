import { queryOptions } from '@tanstack/react-query'
import { callApi } from './client.ts'
import type { ProjectAddress } from './queries.ts'

/** Links to a project that were given away, for those who may change it. */
export function shareLinksQuery({ entity, project }: ProjectAddress) {
  return queryOptions({
    queryKey: ['share-links', entity, project],
    queryFn: ({ signal }) =>
      callApi('GET /api/projects/{entity}/{project}/share-links', { path: { entity, project }, signal }),
    retry: false,
  })
}
