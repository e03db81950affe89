import type { RunsQueryResponse, SweepResponse, SweepsResponse } from '@lossline/protocol'
import { queryOptions } from '@tanstack/react-query'
import { apiPath, getJson } from './client.ts'
import { type ProjectAddress, runsQuery } from './queries.ts'

/** The sweeps of a project, newest first. */
export function sweepsQuery({ entity, project }: ProjectAddress) {
  return queryOptions({
    queryKey: ['sweeps', entity, project],
    queryFn: ({ signal }) => getJson<SweepsResponse>(apiPath('projects', entity, project, 'sweeps'), signal),
  })
}

/** One sweep. */
export function sweepQuery({ entity, project }: ProjectAddress, name: string) {
  return queryOptions({
    queryKey: ['sweeps', entity, project, name],
    queryFn: ({ signal }) => getJson<SweepResponse>(apiPath('projects', entity, project, 'sweeps', name), signal),
  })
}

/** The first thousand runs of a sweep, oldest first, with the value of its metric in their summaries. */
export function sweepRunsQuery(address: ProjectAddress, name: string, metric: string) {
  const list = {
    filter: { sweep: name },
    sort: [{ key: 'run.created', isDescending: false }],
    columns: [`summary.${metric}`],
  }
  return queryOptions<RunsQueryResponse>({ ...runsQuery(address, list, 0, 1000) } as never)
}
