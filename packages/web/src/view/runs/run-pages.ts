import type { RunsQueryRequest } from '@lossline/protocol'
import type { RunSelection } from './run-selection.ts'

/** Runs fetched at a time: a few, a list's worth, or as many as the server gives when charts need hundreds. */
export type RunsPageSize = 20 | 200 | 1000

/** Which runs, in which order, with which values. */
export type RunsList = Pick<RunsQueryRequest, 'filter' | 'search' | 'sort' | 'columns'>

/** One big page is one answer to wait for and one request for series after it, where five small ones would be five. */
export function pageSizeOf({ base }: RunSelection): RunsPageSize {
  return base.kind === 'all' || (base.kind === 'first' && base.count > 200) ? 1000 : 200
}

/** What asks for a page of a list, 0 being the first. */
export function toRunsRequest(list: RunsList, page: number, pageSize: RunsPageSize): RunsQueryRequest {
  return { ...list, offset: page * pageSize, limit: pageSize }
}
