import type { OpenedWorkspaceResponse } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, type ReactElement, Suspense, useMemo, useState } from 'react'
import { type ProjectAddress, runKeysQuery } from '../../api/queries.ts'
import { createViewActions } from '../../api/view-queries.ts'
import { useBaseline } from '../../hooks/runs/use-baseline.ts'
import { useCompare } from '../../hooks/runs/use-compare.ts'
import { useMarkedRuns } from '../../hooks/runs/use-marked-runs.ts'
import { useTableColumns } from '../../hooks/runs/use-table-columns.ts'
import { useTableRuns } from '../../hooks/runs/use-table-runs.ts'
import { useTableSet } from '../../hooks/runs/use-table-set.ts'
import { useAtWork } from '../../hooks/use-at-work.ts'
import { useDocumentTitle, useShortcut } from '../../hooks/use-store.ts'
import { useWorkspace } from '../../hooks/workspace/use-workspace.ts'
import { useServices } from '../../services.ts'
import { leaveFocus } from '../../view/browser/leave-focus.ts'
import { howToCompare } from '../../view/compare/how-to-compare.ts'
import { areAllArchived } from '../../view/runs/archive.ts'
import { allRows, isSelected, noRows, selectedRowCount } from '../../view/runs/row-selection.ts'
import { formatCount } from '../../view/text/format.ts'
import { isOwnView, usualViewName } from '../../view/workspace/own-view.ts'
import { SaveTrouble } from '../workspace/save-trouble.tsx'
import { ViewControls } from '../workspace/view-controls.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { ExportMenu } from './export-menu.tsx'
import { RunSetSelect } from './run-set-select.tsx'
import { RunsTableBar } from './runs-table-bar.tsx'
import { RunsTableContent } from './runs-table-content.tsx'

const ColumnChooser = lazy(() => import('./column-chooser.tsx').then((module) => ({ default: module.ColumnChooser })))

/** Runs of a project as a table: what they were given, what came of it. */
export function RunsTableView({
  entity,
  project,
  opened,
}: ProjectAddress & { readonly opened: OpenedWorkspaceResponse }): ReactElement {
  const address = useMemo(() => ({ entity, project }), [entity, project])
  const { state: saved, view, store: workspaceStore } = useWorkspace(address, opened)
  const store = workspaceStore.view
  const { workspace } = saved
  const { at, keyOf, selection, setSelection } = useTableSet(address, workspace, view.runSet)
  const viewActions = useMemo(() => createViewActions(address), [address])
  const keys = useQuery(runKeysQuery(at))
  const known = keys.data?.keys ?? noKeys
  const { columns, all, metrics, hasConstants, nameWidth, actions } = useTableColumns(at, known, {
    view,
    workspace: saved.workspace,
    store: workspaceStore,
  })
  const work = useAtWork()
  const table = useTableRuns(address, {
    at,
    keyOf,
    view,
    workspace,
    columns,
    isHeld: work.isAtWork,
  })
  const { asked, list, runs, filterState } = table
  const baseline = useBaseline(at, view.baseline, asked)
  const [isChoosing, setIsChoosing] = useState(false)
  const [entries, setEntries] = useState(0)
  useDocumentTitle(`Runs · ${project}`)
  const selectedCount = selectedRowCount(selection, runs.total ?? 0)
  const marked = useMarkedRuns(at, { list, selection, setSelection, count: selectedCount, store })
  const navigate = useNavigate()
  const isWide = innerWidth >= 1024
  const compareRuns = useCompare(at)
  const compare = (): void => {
    const known = runs.runs.flatMap((run) => (run && isSelected(selection, run.runId) ? [run.runId] : []))
    compareRuns(selection.isAll ? known : [...selection.ids])
  }
  const exportMenu = (
    <ExportMenu
      onSave={(format, chosen) => marked.save(format, chosen === 'all' ? all : columns)}
      what={selectedCount > 0 ? formatCount(selectedCount, 'selected run') : 'all runs that match'}
    />
  )
  const { toasts } = useServices()
  useShortcut('compare-runs', () => (selectedCount > 1 ? compare() : toasts.show(howToCompare)))
  return (
    <>
      <main className="flex min-h-0 flex-1 flex-col">
        <h1 className="sr-only">Runs of {project}</h1>
        <RunsTableBar
          address={at}
          setSelect={
            <RunSetSelect
              address={address}
              chosen={view.runSet}
              onChoose={workspaceStore.chooseRunSet}
              workspace={saved.workspace}
            />
          }
          all={all}
          filterState={filterState}
          groupCount={table.grouping && table.grouped.total}
          known={keys.data}
          onChooseColumns={() => setIsChoosing(true)}
          onLeaveFilter={() => {
            leaveFocus()
            setEntries(entries + 1)
          }}
          exportMenu={selectedCount === 0 && exportMenu}
          runCount={runs.total}
          store={store}
          view={view}
        >
          <ViewControls
            actions={viewActions}
            address={address}
            hasWords={isWide}
            isOwn={isOwnView(opened)}
            usualName={usualViewName(opened)}
            mayWrite={opened.mayWrite}
            state={saved}
            store={workspaceStore}
          />
        </RunsTableBar>
        <SaveTrouble
          mayWrite={opened.mayWrite}
          onOpen={(nw) => void navigate({ to: '.', search: { nw } as never })}
          state={saved}
          store={workspaceStore}
        />
        <RunsTableContent
          actions={actions}
          address={address}
          baseline={baseline}
          columns={columns}
          entries={entries}
          known={known}
          nameWidth={nameWidth}
          onSelect={setSelection}
          onShowGroup={marked.showGroup}
          selection={selection}
          set={at}
          store={store}
          table={table}
          view={view}
          work={work}
        />
        {selectedCount > 0 && (
          <BulkBar
            areArchived={areAllArchived(runs.runs, selection, selectedCount)}
            count={selectedCount}
            exportMenu={exportMenu}
            marked={marked}
            onClear={() => setSelection(noRows)}
            onCompare={selectedCount > 1 ? compare : undefined}
            onSelectAll={() => setSelection(allRows)}
            total={runs.total ?? 0}
          />
        )}
      </main>
      {isChoosing && (
        <Suspense>
          <ColumnChooser
            actions={actions}
            all={all}
            hasConstants={hasConstants}
            isAutomatic={view.columns === undefined}
            metrics={metrics}
            onClose={() => setIsChoosing(false)}
            shown={columns}
          />
        </Suspense>
      )}
    </>
  )
}

const noKeys: readonly never[] = []
