import type { RunGroup, RunKeyInfo, RunWithValues } from '@lossline/protocol'
import { lazy, type ReactElement, Suspense } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import type { ColumnActions } from '../../hooks/runs/use-table-columns.ts'
import type { TableRuns } from '../../hooks/runs/use-table-runs.ts'
import type { AtWork } from '../../hooks/use-at-work.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import type { ViewStore } from '../../view/address/view-store.ts'
import { isSameProject } from '../../view/run/run-key.ts'
import { explainNoMatch } from '../../view/runs/no-match.ts'
import { togglePin } from '../../view/runs/pinned-runs.ts'
import type { RowSelection } from '../../view/runs/row-selection.ts'
import { isStale } from '../../view/runs/run-filter.ts'
import { showOnly, toggleRun } from '../../view/runs/run-selection.ts'
import { toggleSort } from '../../view/runs/sort-state.ts'
import type { TableColumn } from '../../view/runs/table-columns.ts'
import { isTextKind } from '../../view/text/sort-rule.ts'
import { ErrorMessage } from '../shell/page-message.tsx'
import { NewRunsBar } from './new-runs-bar.tsx'
import { NoRuns } from './no-runs.tsx'
import { RunsTable } from './runs-table.tsx'

const RunsRefused = lazy(() =>
  import('../workspace/runs-refused.tsx').then((module) => ({ default: module.RunsRefused })),
)

/** The rows of the page of runs, or why there are none. */
export function RunsTableContent(props: {
  /** Of the page. */
  readonly address: ProjectAddress
  /** Of the runs. */
  readonly set: ProjectAddress
  readonly view: ViewState
  readonly store: ViewStore
  readonly table: TableRuns
  readonly columns: readonly TableColumn[]
  readonly actions: ColumnActions
  readonly nameWidth: number | undefined
  /** Keys that the project's runs have. */
  readonly known: readonly RunKeyInfo[]
  readonly baseline: RunWithValues | undefined
  readonly selection: RowSelection
  readonly entries: number
  readonly work: AtWork
  readonly onSelect: (selection: RowSelection) => void
  readonly onShowGroup: (group: RunGroup, isShown: boolean) => void
}): ReactElement {
  const { set, view, store, table, columns, actions } = props
  const { runs, grouped, grouping, filterState } = table
  if (runs.error && runs.total === undefined) {
    if (isSameProject(set, props.address)) return <ErrorMessage error={runs.error} onRetry={runs.retry} />
    return (
      <Suspense>
        <RunsRefused at={set} error={runs.error} onRetry={runs.retry} />
      </Suspense>
    )
  }
  if (grouping && grouped.error && grouped.total === undefined) {
    return <ErrorMessage error={grouped.error} onRetry={grouped.retry} />
  }
  if (runs.total === 0) {
    const reason = explainNoMatch(view.query, props.known)
    return <NoRuns onClear={() => store.update({ query: '' })} query={view.query} reason={reason} />
  }
  return (
    <RunsTable
      address={set}
      asked={table.asked}
      baseline={props.baseline}
      columns={columns}
      drawn={runs.visibleRuns}
      entries={props.entries}
      grouping={grouping}
      head={{
        sort: view.sort,
        onSort: (column, isAdded) => {
          const isText = isTextKind(column.kind)
          store.update({ sort: toggleSort(store.get().sort, column.key, { isAdded, isText }) })
        },
        menu: {
          address: set,
          columns,
          groupBy: view.groupBy,
          actions,
          onSortBy: (sort) => store.update({ sort }),
          onGroupBy: (groupBy) => store.update({ groupBy }),
        },
      }}
      isStale={isStale(filterState, runs)}
      nameWidth={props.nameWidth}
      news={<NewRunsBar news={table.news} noun={table.newsOf} />}
      onBaseline={(runId) => store.update({ baseline: view.baseline === runId ? undefined : runId })}
      onOnly={(runId) => store.update({ runs: showOnly(store.get().runs, runId, undefined) })}
      onPin={(runId) => store.update({ pins: togglePin(store.get().pins, runId) })}
      onSelect={props.onSelect}
      onShowGroup={props.onShowGroup}
      onToggle={(runId, isVisible) => store.update({ runs: toggleRun(store.get().runs, runId, isVisible) })}
      onToggleGroup={grouped.toggle}
      pins={view.pins}
      rows={table.rows}
      runCount={runs.total ?? 0}
      selection={props.selection}
      work={props.work}
    />
  )
}
