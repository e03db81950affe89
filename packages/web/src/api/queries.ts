import type {
  RunFiguresRequest,
  RunGroupsRequest,
  RunImportanceRequest,
  RunNeighboursRequest,
  StrictJsonObject,
} from '@lossline/protocol'
import { queryOptions } from '@tanstack/react-query'
import { type RunsList, type RunsPageSize, toRunsRequest } from '../view/runs/run-pages.ts'
import { callApi } from './client.ts'
import { noteServerTime } from './server-clock.ts'

/** Log lines fetched at a time. */
export const logsPageSize = 1000

/** First words of the keys of what lists a project's runs, which the project's address follows. */
export const runListKeys = ['runs', 'run-count', 'run-groups', 'run-keys', 'run-neighbours'] as const

/** A project's address. */
export interface ProjectAddress {
  readonly entity: string
  readonly project: string
}

/** The server itself; also sets the page's idea of its clock. */
export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: async ({ signal }) => {
    const status = await callApi('GET /api/status', { signal })
    noteServerTime(status.timeMs)
    return status
  },
})

/** Who the page is for. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => callApi('GET /api/session', { signal }),
})

/** All projects. */
export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => callApi('GET /api/projects', { signal }),
})

/** One page of a project's runs. */
export function runsQuery({ entity, project }: ProjectAddress, list: RunsList, page: number, pageSize: RunsPageSize) {
  return queryOptions({
    queryKey: ['runs', entity, project, list, page, pageSize],
    queryFn: ({ signal }) =>
      callApi('POST /api/projects/{entity}/{project}/runs/query', {
        path: { entity, project },
        body: toRunsRequest(list, page, pageSize),
        signal,
      }),
  })
}

/** How many runs a filter finds. */
export function matchingCountQuery({ entity, project }: ProjectAddress, filter: StrictJsonObject) {
  return queryOptions({
    queryKey: ['run-count', entity, project, filter],
    queryFn: async ({ signal }) => {
      const path = { entity, project }
      const body = { filter, limit: 1 }
      return (await callApi('POST /api/projects/{entity}/{project}/runs/query', { path, body, signal })).total
    },
  })
}

/** How many runs a project has, whatever a filter finds. */
export function runCountQuery({ entity, project }: ProjectAddress) {
  return queryOptions({
    queryKey: ['run-count', entity, project],
    queryFn: async ({ signal }) => {
      const path = { entity, project }
      const body = { limit: 1 }
      return (await callApi('POST /api/projects/{entity}/{project}/runs/query', { path, body, signal })).total
    },
  })
}

/** The runs before and after one in a list. */
export function runNeighboursQuery({ entity, project }: ProjectAddress, request: RunNeighboursRequest) {
  return queryOptions({
    queryKey: ['run-neighbours', entity, project, request],
    queryFn: ({ signal }) =>
      callApi('POST /api/projects/{entity}/{project}/runs/neighbours', {
        path: { entity, project },
        body: request,
        signal,
      }),
  })
}

/** What all values of a metric come to, run by run. At most a thousand runs. */
export function runFiguresQuery(
  { entity, project }: ProjectAddress,
  runIds: readonly string[],
  metric: Pick<RunFiguresRequest, 'key' | 'stream'>,
) {
  return queryOptions({
    queryKey: ['run-figures', entity, project, metric, runIds],
    queryFn: ({ signal }) => {
      const request: RunFiguresRequest = { ...metric, runIds }
      return callApi('POST /api/projects/{entity}/{project}/runs/figures', {
        path: { entity, project },
        body: request,
        signal,
      })
    },
  })
}

/** How much parameters matter for a number of the runs that match. */
export function runImportanceQuery({ entity, project }: ProjectAddress, request: RunImportanceRequest) {
  return queryOptions({
    queryKey: ['run-importance', entity, project, request],
    queryFn: ({ signal }) =>
      callApi('POST /api/projects/{entity}/{project}/runs/importance', {
        path: { entity, project },
        body: request,
        signal,
      }),
    staleTime: 10_000,
  })
}

/** Keys of configs and summaries in a project. */
export function runKeysQuery({ entity, project }: ProjectAddress) {
  return queryOptions({
    queryKey: ['run-keys', entity, project],
    queryFn: ({ signal }) =>
      callApi('GET /api/projects/{entity}/{project}/run-keys', { path: { entity, project }, signal }),
  })
}

/** Runs of a project put together. */
export function runGroupsQuery({ entity, project }: ProjectAddress, request: RunGroupsRequest) {
  return queryOptions({
    queryKey: ['run-groups', entity, project, request],
    queryFn: ({ signal }) =>
      callApi('POST /api/projects/{entity}/{project}/runs/groups', {
        path: { entity, project },
        body: request,
        signal,
      }),
  })
}

/** Keys that a project's runs, or one of them, have logged. */
export function metricsQuery({ entity, project }: ProjectAddress, runId?: string) {
  return queryOptions({
    queryKey: ['metrics', entity, project, runId ?? null],
    queryFn: ({ signal }) =>
      callApi('GET /api/projects/{entity}/{project}/metrics', {
        path: { entity, project },
        query: { run: runId },
        signal,
      }),
  })
}

/** One run with everything but history and logs. */
export function runQuery({ entity, project }: ProjectAddress, runId: string) {
  return queryOptions({
    queryKey: ['run', entity, project, runId],
    queryFn: ({ signal }) =>
      callApi('GET /api/runs/{entity}/{project}/{runId}', { path: { entity, project, runId }, signal }),
  })
}

/** One page of a run's console lines. */
export function logsQuery({ entity, project }: ProjectAddress, runId: string, page: number) {
  return queryOptions({
    queryKey: ['logs', entity, project, runId, page],
    queryFn: ({ signal }) => {
      const query = { from: page * logsPageSize, limit: logsPageSize }
      return callApi('GET /api/runs/{entity}/{project}/{runId}/logs', {
        path: { entity, project, runId },
        query,
        signal,
      })
    },
  })
}
