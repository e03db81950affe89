import type { CustomChartDefinition, HistoryRowsRequest, HistoryRowsResponse } from '@lossline/protocol'
import { queryOptions } from '@tanstack/react-query'
import { apiPath, getJson, postJson } from './client.ts'
import { type RunAddress, runValueKey } from './media-queries.ts'

/** A chart that somebody has defined, by its `entity/name`. */
export function chartDefinitionQuery(id: string) {
  const [entity = '', ...rest] = id.replace(/\/v\d+$/, '').split('/')
  return queryOptions({
    queryKey: ['custom-chart', id],
    queryFn: ({ signal }) => getJson<CustomChartDefinition>(apiPath('custom-charts', entity, rest.join('/')), signal),
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
      return postJson<HistoryRowsResponse>(apiPath('runs', entity, project, runId, 'rows'), request, signal)
    },
  })
}
