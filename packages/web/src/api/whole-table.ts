import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { ChartTable } from '../view/vega/custom-chart.ts'
import { type RunAddress, runValueKey, tableQuery } from './media-queries.ts'

/** A chart of more points shows no more than one of these. */
const rowCountMax = 10_000
const pageSize = 1000

/** A table as a whole, as far as a chart can show it. */
export interface WholeTable extends ChartTable {
  /** Rows that there are; more than `rows` of a very long one. */
  readonly rowCount: number
}

/** All rows of a table, up to 10,000. */
export function wholeTableQuery(client: QueryClient, run: RunAddress, key: string, step: number) {
  return queryOptions({
    queryKey: [...runValueKey(run), 'whole-table', key, step],
    queryFn: async (): Promise<WholeTable> => {
      const source = { kind: 'run', run, key, step } as const
      const selection = { sort: undefined, isDescending: false, search: '' }
      const first = await client.fetchQuery(tableQuery(source, selection, 0, pageSize))
      const pages = [first]
      for (let page = 1; page * pageSize < Math.min(first.rowCount, rowCountMax); page += 1) {
        pages.push(await client.fetchQuery(tableQuery(source, selection, page, pageSize)))
      }
      return {
        columns: first.columns.map(({ name }) => name),
        rows: pages.flatMap(({ rows }) => rows.map(({ cells }) => cells)),
        rowCount: first.rowCount,
      }
    },
  })
}
