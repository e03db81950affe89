import type { RunContentsRequest, TableRowsResponse } from '@lossline/protocol'
import { queryOptions } from '@tanstack/react-query'
import { callApi } from './client.ts'
import type { ProjectAddress } from './queries.ts'

/** A run's address. */
export interface RunAddress extends ProjectAddress {
  readonly runId: string
}

/** Rows of a table fetched at a time. */
export const tablePageSize = 100

/** Queries of which things a run has logged; live events that say there is more invalidate all of them by this. */
export const runDataKey = ({ entity, project, runId }: RunAddress) => ['run-data', entity, project, runId] as const

/** Queries of values at steps, which stay as they are however much comes after them. */
export const runValueKey = ({ entity, project, runId }: RunAddress) => ['run-value', entity, project, runId] as const

/** Which media and tables a run has logged, and when: at which steps, and where these lie on an axis. */
export function mediaKeysQuery(run: RunAddress, axis?: string) {
  return queryOptions({
    queryKey: [...runDataKey(run), 'media', ...(axis === undefined ? [] : [axis])],
    queryFn: ({ signal }) =>
      callApi('GET /api/runs/{entity}/{project}/{runId}/media', { path: run, query: { axis }, signal }),
  })
}

/** One media value. */
export function mediaValueQuery(run: RunAddress, key: string, step: number) {
  return queryOptions({
    queryKey: [...runValueKey(run), 'value', key, step],
    queryFn: ({ signal }) =>
      callApi('GET /api/runs/{entity}/{project}/{runId}/media/value', {
        path: run,
        query: { key, step },
        signal,
      }),
  })
}

/** The histograms of a key over the steps; `newestStep` tells of more. */
export function histogramsQuery(run: RunAddress, key: string, newestStep: number) {
  return queryOptions({
    queryKey: [...runValueKey(run), 'histograms', key, newestStep],
    queryFn: ({ signal }) =>
      callApi('GET /api/runs/{entity}/{project}/{runId}/media/histograms', {
        path: run,
        query: { key },
        signal,
      }),
  })
}

/** Where a table is: logged by a run at a step, or a file of a version. */
export type TableSource =
  | { readonly kind: 'run'; readonly run: RunAddress; readonly key: string; readonly step: number }
  | { readonly kind: 'version'; readonly id: number; readonly path: string }

/** Which rows of a table, in which order. */
export interface RowSelection {
  readonly sort: string | undefined
  readonly isDescending: boolean
  readonly search: string
}

/** Rows of a table, `limit` from a page on. */
export function tableQuery(source: TableSource, selection: RowSelection, page: number, limit: number = tablePageSize) {
  const { sort, isDescending, search } = selection
  const query = {
    offset: page * limit,
    limit,
    sort,
    ...(isDescending ? { descending: true } : {}),
    ...(search === '' ? {} : { search }),
  }
  return queryOptions({
    queryKey: [...ownerOf(source), 'table', source, query],
    queryFn: ({ signal }): Promise<TableRowsResponse> =>
      source.kind === 'version'
        ? callApi('GET /api/artifacts/{id}/table', {
            path: { id: source.id },
            query: { path: source.path, ...query },
            signal,
          })
        : callApi('GET /api/runs/{entity}/{project}/{runId}/table', {
            path: source.run,
            query: { key: source.key, step: source.step, ...query },
            signal,
          }),
  })
}

function ownerOf(source: TableSource): readonly unknown[] {
  return source.kind === 'version' ? ['artifact-files', source.id] : runValueKey(source.run)
}

/** What several runs have besides numbers. */
export function runContentsQuery({ entity, project }: ProjectAddress, runIds: readonly string[]) {
  return queryOptions({
    queryKey: ['run-contents', entity, project, runIds],
    queryFn: ({ signal }) => {
      const request: RunContentsRequest = { runIds }
      return callApi('POST /api/projects/{entity}/{project}/runs/contents', {
        path: { entity, project },
        body: request,
        signal,
      })
    },
  })
}

/** The custom charts of a run. */
export function customChartsQuery(run: RunAddress) {
  return queryOptions({
    queryKey: [...runDataKey(run), 'charts'],
    queryFn: ({ signal }) => callApi('GET /api/runs/{entity}/{project}/{runId}/charts', { path: run, signal }),
  })
}

/** The files of a run. */
export function runFilesQuery(run: RunAddress) {
  return queryOptions({
    queryKey: [...runDataKey(run), 'files'],
    queryFn: ({ signal }) => callApi('GET /api/runs/{entity}/{project}/{runId}/files', { path: run, signal }),
  })
}
