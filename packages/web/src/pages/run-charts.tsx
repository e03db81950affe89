import type { OpenedWorkspaceResponse } from '@lossline/protocol'
import { usePrefetchQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, type ReactElement, Suspense, useMemo } from 'react'
import { customChartsQuery } from '../api/media-queries.ts'
import { metricsQuery } from '../api/queries.ts'
import { serverNowMs } from '../api/server-clock.ts'
import { openedWorkspaceQuery } from '../api/view-queries.ts'
import { GuideLink } from '../components/guide/guide-link.tsx'
import { ErrorMessage, PageMessage } from '../components/shell/page-message.tsx'
import { PanelWorkbench } from '../components/workspace/panel-workbench.tsx'
import { WorkspaceBar } from '../components/workspace/workspace-bar.tsx'
import { useChartPlace } from '../hooks/chart/use-chart-place.ts'
import { useRunCharts } from '../hooks/workspace/use-run-charts.ts'
import { isActive, stateSentence } from '../view/run/run-state.ts'
import { usualViewName } from '../view/workspace/own-view.ts'
import { systemSectionName } from '../view/workspace/sections.ts'
import { useOpenRun } from './run-page.tsx'

const CustomCharts = lazy(() =>
  import('../components/custom-charts/custom-charts.tsx').then((module) => ({ default: module.CustomCharts })),
)

const RunLayoutMenu = lazy(() =>
  import('../components/run/run-layout-menu.tsx').then((module) => ({ default: module.RunLayoutMenu })),
)

/** Charts of one run, in the layout that all runs of its project have. */
export function RunCharts(): ReactElement {
  const { address, run } = useOpenRun()
  const { entity, project } = address
  const opened = useQuery(openedWorkspaceQuery(address, undefined, 'run-view'))
  // Charts and what they are of are asked for together.
  usePrefetchQuery(metricsQuery(address, run.runId))
  if (opened.data) return <RunChartsView key={`${entity}/${project}`} opened={opened.data} />
  if (opened.error) return <ErrorMessage error={opened.error} onRetry={() => void opened.refetch()} />
  return <div aria-busy="true" className="flex-1" />
}

function RunChartsView({ opened }: { readonly opened: OpenedWorkspaceResponse }): ReactElement {
  const { address, run } = useOpenRun()
  const page = useRunCharts(address, run, opened)
  const { view, metrics, shown } = page
  const navigate = useNavigate()
  const at = useMemo(() => ({ ...address, runId: run.runId }), [address, run.runId])
  const charts = useQuery(customChartsQuery(at))
  useChartPlace()
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
  const hasSystemOnly = shown.every(
    ({ name, panels, values }) => name === systemSectionName || panels.length + values.length === 0,
  )
  if (metrics.data && hasSystemOnly && !custom) {
    // Before it is known whether there are others, nothing is said.
    if (charts.isPending) return <div className="flex-1" />
    return <NoNumbers hasSystem={shown.some(({ name }) => name === systemSectionName)} />
  }
  return (
    <PanelWorkbench
      bar={(layout, actions) => (
        <WorkspaceBar
          {...actions}
          actions={page.actions}
          address={address}
          hasWords={layout.hasWords}
          isOwn={page.isOwn}
          mayWrite={opened.mayWrite}
          menu={
            <Suspense>
              <RunLayoutMenu hasWords={layout.hasWords} mayWrite={opened.mayWrite} page={page} runId={run.runId} />
            </Suspense>
          }
          state={page.state}
          store={page.store}
          usualName={usualViewName(opened)}
        />
      )}
      foot={!isFirst && custom}
      hasLegend={false}
      head={isFirst && custom}
      isReady={metrics.data !== undefined}
      mayWrite={opened.mayWrite}
      nothing={undefined}
      onOpenView={(nw) => void navigate({ to: '/$entity/$project', params: address, search: { nw } as never })}
      page={page}
      runs={page.runs}
      title="Charts of runs"
    />
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
      <GuideLink to="runs#logging">Logging numbers</GuideLink>
    </PageMessage>
  )
}
