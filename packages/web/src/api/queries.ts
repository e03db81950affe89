import type {
  LogsResponse,
  MetricsResponse,
  ProjectsResponse,
  RunFiguresRequest,
  RunFiguresResponse,
  RunGroupsRequest,
  RunGroupsResponse,
  RunImportanceRequest,
  RunImportanceResponse,
  RunKeysResponse,
  RunResponse,
  RunsQueryRequest,
  RunsQueryResponse,
  SessionResponse,
  StatusResponse,
} from '@lossline/protocol'
import { queryOptions } from '@tanstack/react-query'
import { apiPath, getJson, postJson } from './client.ts'
import { noteServerTime } from './server-clock.ts'

/** Runs fetched at a time: a list's worth, or as many as the server gives when charts need hundreds. */
export type RunsPageSize = 200 | 1000
/** Log lines fetched at a time. */
export const logsPageSize = 1000

/** Which runs, in which order, with which values. */
export type RunsList = Pick<RunsQueryRequest, 'filter' | 'search' | 'sort' | 'columns'>

/** A project's address. */
export interface ProjectAddress {
  readonly entity: string
  readonly project: string
}

/** The server itself; also sets the page's idea of its clock. */
export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: async ({ signal }) => {
    const status = await getJson<StatusResponse>('/api/status', signal)
    noteServerTime(status.timeMs)
    return status
  },
})

/** Who the page is for. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => getJson<SessionResponse>('/api/session', signal),
})

/** All projects. */
export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => getJson<ProjectsResponse>('/api/projects', signal),
})

/** One page of a project's runs. */
export function runsQuery({ entity, project }: ProjectAddress, list: RunsList, page: number, pageSize: RunsPageSize) {
  return queryOptions({
    queryKey: ['runs', entity, project, list, page, pageSize],
    queryFn: ({ signal }) => {
      const request: RunsQueryRequest = { ...list, offset: page * pageSize, limit: pageSize }
      return postJson<RunsQueryResponse>(apiPath('projects', entity, project, 'runs', 'query'), request, signal)
    },
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
      return postJson<RunFiguresResponse>(apiPath('projects', entity, project, 'runs', 'figures'), request, signal)
    },
  })
}

/** How much parameters matter for a number of the runs that match. */
export function runImportanceQuery({ entity, project }: ProjectAddress, request: RunImportanceRequest) {
  return queryOptions({
    queryKey: ['run-importance', entity, project, request],
    queryFn: ({ signal }) =>
      postJson<RunImportanceResponse>(apiPath('projects', entity, project, 'runs', 'importance'), request, signal),
    staleTime: 10_000,
  })
}

/** Keys of configs and summaries in a project. */
export function runKeysQuery({ entity, project }: ProjectAddress) {
  return queryOptions({
    queryKey: ['run-keys', entity, project],
    queryFn: ({ signal }) => getJson<RunKeysResponse>(apiPath('projects', entity, project, 'run-keys'), signal),
  })
}

/** Runs of a project put together. */
export function runGroupsQuery({ entity, project }: ProjectAddress, request: RunGroupsRequest) {
  return queryOptions({
    queryKey: ['run-groups', entity, project, request],
    queryFn: ({ signal }) =>
      postJson<RunGroupsResponse>(apiPath('projects', entity, project, 'runs', 'groups'), request, signal),
  })
}

/** Keys that a project's runs, or one of them, have logged. */
export function metricsQuery({ entity, project }: ProjectAddress, runId?: string) {
  return queryOptions({
    queryKey: ['metrics', entity, project, runId ?? null],
    queryFn: ({ signal }) => {
      const query = runId === undefined ? '' : `?${new URLSearchParams({ run: runId })}`
      return getJson<MetricsResponse>(`${apiPath('projects', entity, project, 'metrics')}${query}`, signal)
    },
  })
}

/** One run with everything but history and logs. */
export function runQuery({ entity, project }: ProjectAddress, runId: string) {
  return queryOptions({
    queryKey: ['run', entity, project, runId],
    queryFn: ({ signal }) => getJson<RunResponse>(apiPath('runs', entity, project, runId), signal),
  })
}

/** One page of a run's console lines. */
export function logsQuery({ entity, project }: ProjectAddress, runId: string, page: number) {
  return queryOptions({
    queryKey: ['logs', entity, project, runId, page],
    queryFn: ({ signal }) => {
      const params = new URLSearchParams({ from: String(page * logsPageSize), limit: String(logsPageSize) })
      return getJson<LogsResponse>(`${apiPath('runs', entity, project, runId, 'logs')}?${params}`, signal)
    },
  })
}
