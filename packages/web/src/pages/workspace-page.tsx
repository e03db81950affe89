import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { PanelLeft } from 'lucide-react'
import { type ReactElement, useCallback, useMemo, useRef, useState } from 'react'
import { metricsQuery } from '../api/queries.ts'
import { ErrorMessage, PageMessage } from '../components/page-message.tsx'
import { PanelGrid } from '../components/panel-grid.tsx'
import { QuickBar } from '../components/quick-bar.tsx'
import { RunsList } from '../components/runs/runs-list.tsx'
import { useRunFilter } from '../hooks/use-run-filter.ts'
import { useRuns } from '../hooks/use-runs.ts'
import { useDocumentTitle, useShortcut } from '../hooks/use-store.ts'
import { useView } from '../hooks/use-view.ts'
import { formatCount } from '../view/format.ts'
import { panelTitle } from '../view/panels/registry.ts'
import { defaultRunSelection, type RunSelection, showOnly, toggleRun } from '../view/run-selection.ts'
import { historyKeys, searchSections, toSections } from '../view/sections.ts'
import { byMetricName } from '../view/workspace/automatic-panels.ts'
import { showWorkspace } from '../view/workspace/show-workspace.ts'
import { emptyWorkspace } from '../view/workspace/workspace.ts'
import { xExtent } from '../view/x-axis.ts'
import { FirstRun } from './first-run.tsx'

/** Runs of a project beside their charts. */
export function WorkspacePage(): ReactElement {
  const { entity, project } = useParams({ strict: false }) as { entity: string; project: string }
  // A new project is a new page: nothing of the old one's lists may shine through.
  return <Workspace entity={entity} key={`${entity}/${project}`} project={project} />
}

function Workspace({ entity, project }: { readonly entity: string; readonly project: string }): ReactElement {
  const address = useMemo(() => ({ entity, project }), [entity, project])
  const [view, store] = useView()
  const { filter, state: filterState } = useRunFilter(address, view.query)
  const list = useMemo(() => ({ ...(filter && { filter }), sort: view.sort }), [filter, view.sort])
  const runs = useRuns(address, list, view.runs)
  const metrics = useQuery(metricsQuery(address))
  const [isListOpen, setIsListOpen] = useState(() => innerWidth >= 1024)
  useDocumentTitle(project)
  useShortcut(
    'toggle-runs-list',
    useCallback(() => setIsListOpen((old) => !old), []),
  )

  const beforeOnly = useRef<RunSelection>(undefined)
  const only = useCallback(
    (runId: string) => {
      const { runs: old } = store.get()
      store.update({ runs: showOnly(old, runId, beforeOnly.current) })
      beforeOnly.current = old
    },
    [store],
  )
  const sections = useMemo(() => toSections(metrics.data?.metrics ?? []), [metrics.data])
  const shown = useMemo(() => showWorkspace(emptyWorkspace, sections, panelTitle), [sections])
  const found = useMemo(() => searchSections(shown, view.panelSearch), [shown, view.panelSearch])
  const metricsByName = useMemo(() => byMetricName(sections.flatMap(({ panels }) => panels)), [sections])
  const xKeys = useMemo(() => historyKeys(sections), [sections])
  const error = (runs.total === undefined && runs.error) || (!metrics.data && metrics.error)
  const isEmpty = runs.total === 0 && view.query === ''
  return (
    <>
      {error ? (
        <main className="flex flex-1">
          <ErrorMessage
            error={error}
            onRetry={() => {
              runs.retry()
              void metrics.refetch()
            }}
          />
        </main>
      ) : isEmpty ? (
        <main className="overflow-y-auto">
          <FirstRun project={project} />
        </main>
      ) : (
        <div className="relative flex min-h-0 flex-1">
          {isListOpen && (
            <>
              {/* On narrow screens the list lies over the charts; the rest of the screen closes it. */}
              <button
                aria-label="Close the runs list"
                className="absolute inset-0 z-20 bg-black/30 lg:hidden"
                onClick={() => setIsListOpen(false)}
                type="button"
              />
              <aside
                aria-label="Runs"
                className="absolute inset-y-0 left-0 z-30 w-72 shrink-0 border-line border-r bg-panel max-sm:inset-x-0 max-sm:top-auto max-sm:h-3/4 max-sm:w-auto max-sm:rounded-t-xl max-sm:border-t lg:static"
              >
                <RunsList
                  address={address}
                  onOnly={only}
                  onQuery={(query) => store.update({ query })}
                  onSelect={(selection) => store.update({ runs: selection })}
                  onToggle={(runId, index) => store.update({ runs: toggleRun(store.get().runs, runId, index) })}
                  runs={runs}
                  filterState={filterState}
                  query={view.query}
                  selection={view.runs}
                />
              </aside>
            </>
          )}
          <main className="flex min-w-0 flex-1 flex-col">
            <h1 className="sr-only">Workspace of {project}</h1>
            <div className="flex items-start">
              <button
                aria-expanded={isListOpen}
                aria-label="Runs list"
                className="icon-button mt-2.5 ml-2"
                onClick={() => setIsListOpen(!isListOpen)}
                title="Runs list (\)"
                type="button"
              >
                <PanelLeft size={16} />
              </button>
              <QuickBar store={store} view={view} xExtent={xExtent(view.x, runs.visibleRuns)} xKeys={xKeys} />
            </div>
            {runs.total !== undefined && runs.total > 0 && runs.visibleRuns.length === 0 ? (
              <PageMessage title={`${formatCount(runs.total, 'run')} match, none is visible`}>
                <button className="button" onClick={() => store.update({ runs: defaultRunSelection })} type="button">
                  Show first 10
                </button>
              </PageMessage>
            ) : metrics.data && sections.length === 0 ? (
              <PageMessage title="No numbers yet">
                <p>Charts appear here as soon as a run logs its first metric.</p>
              </PageMessage>
            ) : found.length === 0 && view.panelSearch !== '' ? (
              <PageMessage title={`No chart matches “${view.panelSearch}”`}>
                <button className="button" onClick={() => store.update({ panelSearch: '' })} type="button">
                  Clear search
                </button>
              </PageMessage>
            ) : (
              <PanelGrid
                context={{
                  address,
                  runs: runs.visibleRuns,
                  view,
                  store,
                  metrics: metricsByName,
                  hasLegend: !isListOpen,
                  onOnlyRun: only,
                }}
                sections={found}
              />
            )}
          </main>
        </div>
      )}
    </>
  )
}
