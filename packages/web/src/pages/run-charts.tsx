import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, type ReactElement, Suspense, useMemo } from 'react'
import { customChartsQuery } from '../api/media-queries.ts'
import { metricsQuery } from '../api/queries.ts'
import { serverNowMs } from '../api/server-clock.ts'
import { ErrorMessage, PageMessage } from '../components/page-message.tsx'
import { PanelGrid } from '../components/panel-grid.tsx'
import { QuickBar } from '../components/quick-bar.tsx'
import { useView } from '../hooks/use-view.ts'
import { panelTitle } from '../view/panels/registry.ts'
import { isActive, stateSentence } from '../view/run-state.ts'
import { historyKeys, searchSections, systemSectionName, toSections } from '../view/sections.ts'
import { byMetricName } from '../view/workspace/automatic-panels.ts'
import { showWorkspace } from '../view/workspace/show-workspace.ts'
import { emptyWorkspace } from '../view/workspace/workspace.ts'
import { xExtent } from '../view/x-axis.ts'
import { useOpenRun } from './run-page.tsx'

const nothing = (): void => {}
const CustomCharts = lazy(() =>
  import('../components/custom-charts.tsx').then((module) => ({ default: module.CustomCharts })),
)

/** Charts of one run. */
export function RunCharts(): ReactElement {
  const { address, run } = useOpenRun()
  const [view, store] = useView()
  const metrics = useQuery(metricsQuery(address, run.runId))
  const sections = useMemo(() => toSections(metrics.data?.metrics ?? []), [metrics.data])
  const shown = useMemo(() => showWorkspace(emptyWorkspace, sections, panelTitle), [sections])
  const found = useMemo(() => searchSections(shown, view.panelSearch), [shown, view.panelSearch])
  const metricsByName = useMemo(() => byMetricName(sections.flatMap(({ panels }) => panels)), [sections])
  const xKeys = useMemo(() => historyKeys(sections), [sections])
  const runs = useMemo(() => [run], [run])
  const at = useMemo(() => ({ ...address, runId: run.runId }), [address, run.runId])
  const charts = useQuery(customChartsQuery(at))
  const hasCustomCharts = (charts.data?.charts.length ?? 0) > 0
  if (metrics.error && !metrics.data)
    return <ErrorMessage error={metrics.error} onRetry={() => void metrics.refetch()} />
  // Somebody chose to draw them. What is still growing is not moved.
  const isFirst = !isActive(run.state) || /^eval|^test/i.test(run.jobType)
  const custom = hasCustomCharts && (
    <Suspense fallback={<div aria-label="Loading custom charts" className="skeleton mt-3 h-80" role="img" />}>
      <CustomCharts isActive={isActive(run.state)} run={at} search={view.panelSearch} />
    </Suspense>
  )
  // What the machine did is measured by itself, and closed at first: to somebody who looks for a loss it is nothing.
  if (metrics.data && sections.every(({ name }) => name === systemSectionName) && !custom) {
    // Before it is known whether there are others, nothing is said.
    if (charts.isPending) return <div className="flex-1" />
    return <NoNumbers hasSystem={sections.length > 0} />
  }
  return (
    <>
      <QuickBar store={store} view={view} xExtent={xExtent(view.x, runs)} xKeys={xKeys} />
      {found.length === 0 && view.panelSearch !== '' && !custom ? (
        <PageMessage title={`No chart matches “${view.panelSearch}”`}>
          <button className="button" onClick={() => store.update({ panelSearch: '' })} type="button">
            Clear search
          </button>
        </PageMessage>
      ) : (
        <PanelGrid
          context={{ address, runs, view, store, metrics: metricsByName, hasLegend: false, onOnlyRun: nothing }}
          foot={!isFirst && custom}
          head={isFirst && custom}
          sections={found}
        />
      )}
    </>
  )
}

function NoNumbers({ hasSystem }: { readonly hasSystem: boolean }): ReactElement {
  const { address, run } = useOpenRun()
  const params = { ...address, runId: run.runId }
  const isLive = isActive(run.state)
  return (
    <PageMessage title={isLive ? 'No numbers yet' : 'This run logged no numbers'}>
      <p>{isLive ? 'Charts appear here with the first values.' : stateSentence(run, serverNowMs())}</p>
      <p className="mt-4 flex flex-wrap justify-center gap-2">
        <Link className="button" params={params} to="/$entity/$project/runs/$runId/logs">
          Console output
        </Link>
        {hasSystem && (
          <Link className="button" params={params} to="/$entity/$project/runs/$runId/system">
            System metrics
          </Link>
        )}
      </p>
    </PageMessage>
  )
}
