import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { metricsQuery } from '../api/queries.ts'
import { serverNowMs } from '../api/server-clock.ts'
import { GuideLink } from '../components/guide/guide-link.tsx'
import { ErrorMessage, PageMessage } from '../components/shell/page-message.tsx'
import { SystemChartCard } from '../components/system/system-chart.tsx'
import { useDrawnRuns } from '../hooks/runs/use-drawn-runs.ts'
import { useAddress } from '../hooks/use-address.ts'
import { useNow } from '../hooks/use-store.ts'
import { useView } from '../hooks/workspace/use-view.ts'
import { noXZoom } from '../view/chart/zooms.ts'
import { isActive } from '../view/run/run-state.ts'
import { toSystemGroups } from '../view/system/system-charts.ts'
import { systemCodec, systemView } from '../view/system/system-state.ts'
import { useOpenRun } from './run-page.tsx'

/** The window of a live run moves on by so much. */
const moveIntervalMs = 5000

/** What the machine of a run did: processors, memory, disks, network, power. */
export function RunSystem(): ReactElement {
  const { address, run } = useOpenRun()
  const [view, store] = useView()
  const [state, stateStore] = useAddress(systemCodec)
  const metrics = useQuery(metricsQuery(address, run.runId))
  const groups = useMemo(() => toSystemGroups(metrics.data?.metrics ?? []), [metrics.data])
  const runs = useDrawnRuns(
    address,
    useMemo(() => [run], [run]),
  )
  const isLive = isActive(run.state)
  const nowMs = useNow(serverNowMs, moveIntervalMs)
  const isRecent = isLive && !state.isAll
  const shown = useMemo(() => systemView(view, { isRecent, nowMs }), [view, isRecent, nowMs])
  if (metrics.error && !metrics.data)
    return <ErrorMessage error={metrics.error} onRetry={() => void metrics.refetch()} />
  if (metrics.isPending) return <div aria-label="Loading system metrics" className="skeleton m-4 h-64" role="img" />
  if (groups.length === 0) {
    return (
      <PageMessage title={isLive ? 'No system metrics yet' : 'This run has no system metrics'}>
        <p>
          {isLive
            ? 'The first readings of processors, memory, disks and network come within half a minute.'
            : 'They are read every few seconds while a run goes on, unless that is switched off.'}
        </p>
        <GuideLink to="system-metrics">System metrics</GuideLink>
      </PageMessage>
    )
  }
  const windows = [
    [false, 'Last 10 minutes'],
    [true, 'All'],
  ] as const
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">
      <h2 className="sr-only">System</h2>
      {isLive && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this groups two buttons.
        <div aria-label="Time shown" className="flex gap-1 pt-3" role="group">
          {windows.map(([isAll, label]) => (
            <button
              aria-pressed={state.isAll === isAll}
              className="button"
              key={label}
              onClick={() => {
                stateStore.update({ isAll })
                store.update(noXZoom)
              }}
              type="button"
            >
              {label}
            </button>
          ))}
        </div>
      )}
      {groups.map(({ name, charts }) => (
        <section aria-label={name} key={name}>
          <h3 className="pt-4 pb-2 font-semibold">{name}</h3>
          <div className="grid grid-cols-[repeat(auto-fill,minmax(min(360px,100%),1fr))] items-start gap-3">
            {charts.map((chart) => (
              <SystemChartCard
                address={address}
                chart={chart}
                hasMovingRange={shown.zoom !== view.zoom}
                key={chart.id}
                runs={runs}
                store={store}
                view={shown}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}
