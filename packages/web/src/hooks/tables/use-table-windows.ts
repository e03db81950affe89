import type { TableRow, TableSelection, TableWindowResponse } from '@lossline/protocol'
import { type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { tableWindowQuery, windowSize } from '../../api/table-queries.ts'

/** A question whose first rows are here. */
export interface ShownTable {
  readonly selection: TableSelection
  readonly first: TableWindowResponse
}

const retryIntervalMs = 3000

/**
 * The newest question that was answered, and how it goes with the one that is wanted: until its rows come, and if they never do, the
 * ones before stay.
 *
 * @param mayCome - Whether what is missing may still be uploaded.
 */
export function useShownTable(
  wanted: TableSelection,
  mayCome: boolean,
): { readonly shown: ShownTable | undefined; readonly query: UseQueryResult<TableWindowResponse> } {
  const options = tableWindowQuery(wanted, 0)
  const query = useQuery({
    ...options,
    refetchInterval: (current) =>
      current.state.error !== null && mayCome
        ? retryIntervalMs
        : typeof options.refetchInterval === 'function'
          ? options.refetchInterval(current)
          : false,
  })
  const [shown, setShown] = useState<ShownTable>()
  // Set while rendering, so that no frame shows rows of one question under the head of another.
  if (query.data !== undefined && shown?.first !== query.data) setShown({ selection: wanted, first: query.data })
  return { shown: query.data === undefined ? shown : { selection: wanted, first: query.data }, query }
}

/** The rows between two places, as far as they are here. */
export function useTableWindows(
  selection: TableSelection,
  first: number,
  last: number,
): { readonly rows: ReadonlyMap<number, TableRow>; readonly error: Error | undefined } {
  const from = Math.floor(first / windowSize)
  const to = Math.floor(last / windowSize)
  const pages = Array.from({ length: to - from + 1 }, (_, index) => from + index)
  const queries = useQueries({ queries: pages.map((page) => tableWindowQuery(selection, page)) })
  const rows = new Map<number, TableRow>()
  for (const [index, { data }] of queries.entries()) {
    const offset = (pages[index] ?? 0) * windowSize
    for (const [at, row] of (data?.rows ?? []).entries()) rows.set(offset + at, row)
  }
  return { rows, error: queries.find(({ error }) => error !== null)?.error ?? undefined }
}
