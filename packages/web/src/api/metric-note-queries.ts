import { queryOptions } from '@tanstack/react-query'
import { callApi } from './client.ts'
import type { ProjectAddress } from './queries.ts'

/** What people and runs say of a metric. */
export function metricNoteQuery({ entity, project }: ProjectAddress, metric: string) {
  return queryOptions({
    queryKey: ['metric-note', entity, project, metric],
    queryFn: ({ signal }) =>
      callApi('GET /api/projects/{entity}/{project}/metric-notes', {
        path: { entity, project },
        query: { metric },
        signal,
      }),
  })
}
