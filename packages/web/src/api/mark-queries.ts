import type { BestPoint, BestPointsRequest, RunMarksRequest } from '@lossline/protocol'
import { queryOptions } from '@tanstack/react-query'
import { callApi } from './client.ts'
import type { ProjectAddress } from './queries.ts'

/** What happened in runs. `states` are theirs: a run that has ended since has one moment more. */
export function runMarksQuery({ entity, project }: ProjectAddress, request: RunMarksRequest, states: string) {
  return queryOptions({
    queryKey: ['run-marks', entity, project, request, states],
    queryFn: async ({ signal }) => {
      const path = { entity, project }
      return (await callApi('POST /api/projects/{entity}/{project}/runs/marks', { path, body: request, signal })).runs
    },
    placeholderData: (old, query) => (isOfSame(query?.queryKey[3], request) ? old : undefined),
  })
}

/** Best points of a metric, with the runs that have them. */
export function bestPointsQuery({ entity, project }: ProjectAddress, request: BestPointsRequest, states: string) {
  return queryOptions({
    queryKey: ['best-points', entity, project, request, states],
    queryFn: async ({ signal }) => {
      const { points } = await callApi('POST /api/projects/{entity}/{project}/runs/best-points', {
        path: { entity, project },
        body: request,
        signal,
      })
      return points.flatMap((point, i): (readonly [runId: string, point: BestPoint])[] => {
        const runId = request.runIds[i]
        return point === null || runId === undefined ? [] : [[runId, point]]
      })
    },
    placeholderData: (old, query) => (isOfSame(query?.queryKey[3], request) ? old : undefined),
  })
}

/** Whether two requests differ in nothing but their runs, so that the answer to one stands in for that to the other. */
function isOfSame(before: unknown, request: RunMarksRequest | BestPointsRequest): boolean {
  if (typeof before !== 'object' || before === null) return false
  return JSON.stringify({ ...before, runIds: [] }) === JSON.stringify({ ...request, runIds: [] })
}
