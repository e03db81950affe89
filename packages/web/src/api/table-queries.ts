import type {
  TableColumnsRequest,
  TableColumnsResponse,
  TableExportFormat,
  TableSelection,
  TableWindowRequest,
  TableWindowResponse,
} from '@lossline/protocol'
import { queryOptions } from '@tanstack/react-query'
import { callApi } from './client.ts'

/** Rows of a table fetched at a time. */
export const windowSize = 100
/** While the server reads a file there are more rows each time. */
const growIntervalMs = 700
/** A row by itself is shown whole, up to this length of a text. */
const wholeTextLength = 2 ** 20

/** Rows of a table, a window of {@link windowSize} from a page on. */
export function tableWindowQuery(selection: TableSelection, page: number) {
  const request: TableWindowRequest = { ...selection, offset: page * windowSize, limit: windowSize }
  return queryOptions({
    queryKey: ['table-window', request],
    queryFn: ({ signal }): Promise<TableWindowResponse> => callApi('POST /api/tables/rows', { body: request, signal }),
    refetchInterval: ({ state: { data } }) => (data?.isComplete === false ? growIntervalMs : false),
  })
}

/** One row, with its texts whole. */
export function tableRowQuery(selection: TableSelection, at: number) {
  const request: TableWindowRequest = { ...selection, offset: at, limit: 1, textLengthMax: wholeTextLength }
  return queryOptions({
    queryKey: ['table-window', request],
    queryFn: ({ signal }): Promise<TableWindowResponse> => callApi('POST /api/tables/rows', { body: request, signal }),
  })
}

/** What columns are like, over the rows that match. */
export function tableColumnsQuery({ sort: _, group: __, ...selection }: TableSelection, columns: readonly string[]) {
  const request: TableColumnsRequest = { ...selection, columns }
  return queryOptions({
    queryKey: ['table-columns', request],
    queryFn: ({ signal }): Promise<TableColumnsResponse> =>
      callApi('POST /api/tables/columns', { body: request, signal }),
  })
}

/** Where all rows that match can be saved from. */
export function tableExportUrl(
  { group: _, ...selection }: TableSelection,
  columns: readonly string[] | undefined,
  file: { readonly format: TableExportFormat; readonly name: string },
): string {
  const params = new URLSearchParams({ ...file, selection: JSON.stringify(selection) })
  if (columns !== undefined) params.set('columns', JSON.stringify(columns))
  return `/api/tables/export?${params}`
}
