import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type SweepSort, sweepSortText } from '../view/sweeps/sweep-list.ts'
import { callApi } from './client.ts'
import type { ProjectAddress } from './queries.ts'

const sweepsPageSize = 100

/** The sweeps of a project in an order, a hundred at a time. */
export function sweepsQuery({ entity, project }: ProjectAddress, sort: SweepSort) {
  return infiniteQueryOptions({
    queryKey: ['sweeps', entity, project, 'list', sort],
    queryFn: ({ signal, pageParam }) =>
      callApi('GET /api/projects/{entity}/{project}/sweeps', {
        path: { entity, project },
        query: { sort: sweepSortText(sort), offset: pageParam, limit: sweepsPageSize },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shownCount = pages.reduce((sum, { sweeps }) => sum + sweeps.length, 0)
      return shownCount < last.total ? shownCount : undefined
    },
  })
}

/** One sweep. */
export function sweepQuery({ entity, project }: ProjectAddress, name: string) {
  return queryOptions({
    queryKey: ['sweeps', entity, project, 'one', name],
    queryFn: ({ signal }) =>
      callApi('GET /api/projects/{entity}/{project}/sweeps/{sweep}', {
        path: { entity, project, sweep: name },
        signal,
      }),
  })
}

/** Signs of life of agents are not told one by one. */
const agentsIntervalMs = 10_000

/** Agents of a sweep, the last heard first. */
export function sweepAgentsQuery({ entity, project }: ProjectAddress, name: string) {
  return queryOptions({
    queryKey: ['sweeps', entity, project, 'agents', name],
    queryFn: ({ signal }) =>
      callApi('GET /api/projects/{entity}/{project}/sweeps/{sweep}/agents', {
        path: { entity, project, sweep: name },
        signal,
      }),
    refetchInterval: agentsIntervalMs,
  })
}
