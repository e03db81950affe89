import type {
  CustomChartsResponse,
  HistogramsResponse,
  MediaKeysResponse,
  MediaValueResponse,
  RunContentsRequest,
  RunContentsResponse,
  RunFilesResponse,
  TableRowsResponse,
} from '@lossline/protocol'
import { queryOptions } from '@tanstack/react-query'
import { apiPath, getJson, postJson } from './client.ts'
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

const path = ({ entity, project, runId }: RunAddress, ...rest: readonly string[]): string =>
  apiPath('runs', entity, project, runId, ...rest)

/** Which media and tables a run has logged, and when. */
export function mediaKeysQuery(run: RunAddress) {
  return queryOptions({
    queryKey: [...runDataKey(run), 'media'],
    queryFn: ({ signal }) => getJson<MediaKeysResponse>(path(run, 'media'), signal),
  })
}

/** One media value. */
export function mediaValueQuery(run: RunAddress, key: string, step: number) {
  return queryOptions({
    queryKey: [...runValueKey(run), 'value', key, step],
    queryFn: ({ signal }) =>
      getJson<MediaValueResponse>(
        `${path(run, 'media', 'value')}?${new URLSearchParams({ key, step: String(step) })}`,
        signal,
      ),
  })
}

/** The histograms of a key over the steps; `newestStep` tells of more. */
export function histogramsQuery(run: RunAddress, key: string, newestStep: number) {
  return queryOptions({
    queryKey: [...runValueKey(run), 'histograms', key, newestStep],
    queryFn: ({ signal }) =>
      getJson<HistogramsResponse>(`${path(run, 'media', 'histograms')}?${new URLSearchParams({ key })}`, signal),
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
  const params = new URLSearchParams({ offset: String(page * limit), limit: String(limit) })
  if (sort !== undefined) params.set('sort', sort)
  if (isDescending) params.set('descending', 'true')
  if (search !== '') params.set('search', search)
  const { address, owner } = placeOf(source, params)
  return queryOptions({
    queryKey: [...owner, 'table', `${address}?${params}`],
    queryFn: ({ signal }) => getJson<TableRowsResponse>(`${address}?${params}`, signal),
  })
}

/** The address of a table, whose parameters go to the others. */
function placeOf(
  source: TableSource,
  params: URLSearchParams,
): { readonly address: string; readonly owner: readonly unknown[] } {
  if (source.kind === 'version') {
    params.set('path', source.path)
    return { address: apiPath('artifacts', String(source.id), 'table'), owner: ['artifact-files', source.id] }
  }
  params.set('key', source.key)
  params.set('step', String(source.step))
  return { address: path(source.run, 'table'), owner: runValueKey(source.run) }
}

/** What several runs have besides numbers. */
export function runContentsQuery({ entity, project }: ProjectAddress, runIds: readonly string[]) {
  return queryOptions({
    queryKey: ['run-contents', entity, project, runIds],
    queryFn: ({ signal }) => {
      const request: RunContentsRequest = { runIds }
      return postJson<RunContentsResponse>(apiPath('projects', entity, project, 'runs', 'contents'), request, signal)
    },
  })
}

/** The custom charts of a run. */
export function customChartsQuery(run: RunAddress) {
  return queryOptions({
    queryKey: [...runDataKey(run), 'charts'],
    queryFn: ({ signal }) => getJson<CustomChartsResponse>(path(run, 'charts'), signal),
  })
}

/** The files of a run. */
export function runFilesQuery(run: RunAddress) {
  return queryOptions({
    queryKey: [...runDataKey(run), 'files'],
    queryFn: ({ signal }) => getJson<RunFilesResponse>(path(run, 'files'), signal),
  })
}
