import type { RunSummary } from '@lossline/protocol'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { rowsQuery } from '../../api/custom-chart-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { runAddressOf } from '../../view/run/run-key.ts'
import type { ChartQuery } from '../../view/vega/chart-query.ts'
import { type ChartRow, runFields, tableRows, valueRows } from '../../view/vega/chart-rows.ts'
import { type QueryState, stateOfQueries } from '../query-state.ts'
import { useRunValues } from '../runs/use-run-numbers.ts'
import { useStableList } from '../use-stable-list.ts'
import { useTheme } from '../use-store.ts'
import { useChartTables } from './use-chart-tables.ts'

/** The rows that a chart is drawn from. */
export interface ChartRows extends QueryState {
  readonly rows: readonly ChartRow[]
}

/**
 * What a chart's query finds in the runs: the rows of their tables, and of their history; values of summary and config stand in
 * each of them, or in one row of the run where it is asked for nothing else.
 */
export function useChartRows(address: ProjectAddress, runs: readonly RunSummary[], query: ChartQuery): ChartRows {
  const theme = useTheme()
  const tables = useChartTables(address, runs, query.table)
  const hasHistory = query.history.length > 0
  const histories = useQueries({
    queries: runs.map(({ runId, historyRevision }) => ({
      ...rowsQuery(runAddressOf(runId, address), query.history, historyRevision),
      enabled: hasHistory,
      placeholderData: keepPreviousData<{ readonly rows: readonly (readonly never[])[] }>,
    })),
  })
  const columns = [...query.summary.map((key) => `summary.${key}`), ...query.config.map((key) => `config.${key}`)]
  const names = [...query.summary, ...query.config]
  const columnsText = columns.join('\n')
  const stored = useRunValues(
    address,
    runs,
    useMemo(() => (columnsText === '' ? [] : columnsText.split('\n')), [columnsText]),
  )
  const data = useStableList(histories.map((answer) => answer.data))
  const namesText = names.join('\n')
  const rows = useMemo(() => {
    const keys = namesText === '' ? [] : namesText.split('\n')
    return runs.flatMap((run, index): readonly ChartRow[] => {
      const own = runFields(run, styleOfRun(run, theme).color)
      const [of] = valueRows(keys, [stored.values.get(run.runId) ?? []], own) as [ChartRow]
      const table = tables.tables.find((one) => one.run.runId === run.runId)?.table
      const fromTable = table ? tableRows(table, of) : []
      const fromHistory = hasHistory ? valueRows(query.history, data[index]?.rows ?? [], of) : []
      const isValuesOnly = query.table === undefined && !hasHistory && stored.values.has(run.runId)
      return [...fromTable, ...fromHistory, ...(isValuesOnly ? [of] : [])]
    })
  }, [runs, theme, tables.tables, data, stored.values, namesText, hasHistory, query.history, query.table])
  const others = stateOfQueries(histories)
  return {
    rows,
    isPending: tables.isPending || others.isPending || stored.isPending,
    error: tables.error ?? others.error ?? stored.error,
    retry() {
      tables.retry()
      others.retry()
      stored.retry()
    },
  }
}
