import type { HistoryRowsRequest } from '@lossline/protocol'
import { queryOptions } from '@tanstack/react-query'
import { callApi } from './client.ts'
import { type RunAddress, runValueKey } from './media-queries.ts'

/** A chart that somebody has defined, by its `entity/name`. */
export function chartDefinitionQuery(id: string) {
  const [entity = '', ...rest] = id.replace(/\/v\d+$/, '').split('/')
  return queryOptions({
    queryKey: ['custom-chart', id],
    queryFn: ({ signal }) =>
      callApi('GET /api/custom-charts/{entity}/{name}', { path: { entity, name: rest.join('/') }, signal }),
    retry: false,
  })
}

/** Rows of a run's history; `revision` tells of more. */
export function rowsQuery(run: RunAddress, keys: readonly string[], revision: number) {
  const { entity, project, runId } = run
  return queryOptions({
    queryKey: [...runValueKey(run), 'rows', keys, revision],
    queryFn: ({ signal }) => {
      const request: HistoryRowsRequest = { keys }
      return callApi('POST /api/runs/{entity}/{project}/{runId}/rows', {
        path: { entity, project, runId },
        body: request,
        signal,
      })
    },
  })
}
