import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { metricsQuery } from '../api/queries.ts'
import { ErrorMessage, PageMessage } from '../components/page-message.tsx'
import { PanelGrid } from '../components/panel-grid.tsx'
import { QuickBar } from '../components/quick-bar.tsx'
import { useView } from '../hooks/use-view.ts'
import { isActive } from '../view/run-state.ts'
import { historyKeys, searchSections, toSections } from '../view/sections.ts'
import { xExtent } from '../view/x-axis.ts'
import { useOpenRun } from './run-page.tsx'

const nothing = (): void => {}

/** Charts of one run. */
export function RunCharts(): ReactElement {
  const { address, run } = useOpenRun()
  const [view, store] = useView()
  const metrics = useQuery(metricsQuery(address, run.runId))
  const sections = useMemo(() => toSections(metrics.data?.metrics ?? []), [metrics.data])
  const found = useMemo(() => searchSections(sections, view.panelSearch), [sections, view.panelSearch])
  const xKeys = useMemo(() => historyKeys(sections), [sections])
  const runs = useMemo(() => [run], [run])
  if (metrics.error && !metrics.data)
    return <ErrorMessage error={metrics.error} onRetry={() => void metrics.refetch()} />
  if (metrics.data && sections.length === 0) {
    return (
      <PageMessage title={isActive(run.state) ? 'No numbers yet' : 'This run logged no numbers'}>
        <p>
          {isActive(run.state)
            ? 'Charts appear here with the first values.'
            : 'Its console output and config are in the other tabs.'}
        </p>
      </PageMessage>
    )
  }
  return (
    <>
      <QuickBar store={store} view={view} xExtent={xExtent(view.x, runs)} xKeys={xKeys} />
      {found.length === 0 && view.panelSearch !== '' ? (
        <PageMessage title={`No chart matches “${view.panelSearch}”`}>
          <button className="button" onClick={() => store.update({ panelSearch: '' })} type="button">
            Clear search
          </button>
        </PageMessage>
      ) : (
        <PanelGrid
          address={address}
          hasLegend={false}
          onOnlyRun={nothing}
          runs={runs}
          sections={found}
          store={store}
          view={view}
        />
      )}
    </>
  )
}
