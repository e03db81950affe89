import type { MetricInfo, RunKeyInfo } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { metricsQuery, type ProjectAddress } from '../../api/queries.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import { withMetrics } from '../../view/runs/column-metrics.ts'
import {
  applyColumnSettings,
  type ColumnSettings,
  moveKey,
  type RunsTableSettings,
  withColumnSettings,
} from '../../view/runs/column-settings.ts'
import {
  allColumns,
  automaticColumns,
  chosenColumns,
  type TableColumn,
  withDeltas,
  withHistograms,
} from '../../view/runs/table-columns.ts'
import type { Workspace } from '../../view/workspace/workspace.ts'
import { findRunSet } from '../../view/workspace/workspace-address.ts'
import type { WorkspaceStore } from '../../view/workspace/workspace-store.ts'
import { useColumnMetrics } from './use-column-metrics.ts'
import { useMetricDirections } from './use-metric-directions.ts'

/** What can be done with the columns of a table. */
export interface ColumnActions {
  /** Undefined: what the runs differ by. */
  choose(keys: readonly string[] | undefined): void
  hide(key: string): void
  /** Puts a column where another one is; it is pinned if that one is. */
  move(key: string, target: string): void
  /** @param label - What is done, such as "Column width"; it names the step that can be undone. */
  set(key: string, label: string, settings: ColumnSettings): void
  /** Whether columns that come by themselves are also those that do not vary. */
  showConstants(hasConstants: boolean): void
}

/** Columns of a table of runs. */
export interface TableColumns {
  /** Those that are shown, from left to right. */
  readonly columns: readonly TableColumn[]
  /** Every column that there can be. */
  readonly all: readonly TableColumn[]
  /** What runs have logged. */
  readonly metrics: readonly MetricInfo[]
  /** Columns that come by themselves are also those that do not vary. */
  readonly hasConstants: boolean
  readonly nameWidth: number | undefined
  readonly actions: ColumnActions
}

const noMetrics: readonly never[] = []

/** Columns as the view has them, or as the runs differ. */
export function useTableColumns(
  address: ProjectAddress,
  known: readonly RunKeyInfo[],
  {
    view,
    workspace,
    store,
  }: { readonly view: ViewState; readonly workspace: Workspace; readonly store: WorkspaceStore },
): TableColumns {
  const metrics = useQuery(metricsQuery(address)).data?.metrics ?? noMetrics
  const better = useMetricDirections(address)
  const metricOf = useColumnMetrics(address)
  const { id: setId, table: runsTable } = findRunSet(workspace, view.runSet)
  const isGrouped = view.groupBy.length > 0
  const hasBaseline = view.baseline !== undefined
  const all = useMemo(() => allColumns(known), [known])
  const columns = useMemo(() => {
    const chosen =
      view.columns === undefined
        ? automaticColumns(known, { better, hasConstants: runsTable.hasConstants })
        : chosenColumns(view.columns, known)
    const roomy = isGrouped ? withHistograms(chosen) : chosen
    const described = withMetrics(hasBaseline ? withDeltas(roomy) : roomy, metricOf)
    return applyColumnSettings(described, runsTable, better)
  }, [view.columns, known, better, metricOf, runsTable, hasBaseline, isGrouped])
  const actions = useMemo((): ColumnActions => {
    const keys = columns.map(({ key }) => key)
    const choose: ColumnActions['choose'] = (chosen) => store.view.update({ columns: chosen })
    const edit = (label: string, change: (table: RunsTableSettings) => RunsTableSettings): void =>
      store.edit(label, (before) => ({
        ...before,
        runSets: before.runSets.map((one) => (one.id === setId ? { ...one, table: change(one.table) } : one)),
      }))
    const set: ColumnActions['set'] = (key, label, settings) =>
      edit(label, (table) => withColumnSettings(table, key, settings))
    return {
      choose,
      set,
      showConstants: (hasConstants) => edit('Constant columns', (table) => ({ ...table, hasConstants })),
      hide(key) {
        // Whoever shows it again finds it among the others.
        if (runsTable.columns.get(key)?.isPinned) set(key, 'Pinned column', { isPinned: undefined })
        choose(keys.filter((other) => other !== key))
      },
      move(key, target) {
        const [moved, other] = [key, target].map((one) => columns.find((column) => column.key === one))
        if (moved?.isPinned !== other?.isPinned) set(key, 'Pinned column', { isPinned: other?.isPinned || undefined })
        choose(moveKey(keys, key, target))
      },
    }
  }, [columns, runsTable, setId, store])
  return {
    columns,
    all,
    metrics,
    hasConstants: runsTable.hasConstants,
    nameWidth: runsTable.columns.get('run.name')?.width,
    actions,
  }
}
