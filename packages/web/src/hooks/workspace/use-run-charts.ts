import type { MetricsResponse, OpenedWorkspaceResponse, RunDetail, RunSummary } from '@lossline/protocol'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { metricsQuery, type ProjectAddress } from '../../api/queries.ts'
import { createViewActions } from '../../api/view-queries.ts'
import { offeredSections, withoutGrowth } from '../../view/workspace/sections.ts'
import { useDrawnRuns } from '../runs/use-drawn-runs.ts'
import { type Arrangement, useArrangedPanels } from './use-arranged-panels.ts'
import { useOfferedPanels } from './use-offered-panels.ts'
import { useWorkspace } from './use-workspace.ts'

/** The charts of one run, in the layout that all runs of its project have. */
export interface RunChartsPage extends Arrangement {
  readonly runs: readonly RunSummary[]
  readonly metrics: UseQueryResult<MetricsResponse>
}

const nothing = (): void => {}

/** @param opened - How the pages of runs arrange their charts. */
export function useRunCharts(address: ProjectAddress, run: RunDetail, opened: OpenedWorkspaceResponse): RunChartsPage {
  const actions = useMemo(() => createViewActions(address), [address])
  const { state, view, store } = useWorkspace(address, opened, opened.name !== '')
  const metrics = useQuery({ ...metricsQuery(address, run.runId), select: withoutGrowth })
  const runs = useDrawnRuns(
    address,
    useMemo(() => [run], [run]),
  )
  const all = useOfferedPanels(address, runs)
  // They stand on the page as they are, before or behind the panels.
  const offered = useMemo(() => all.filter(({ sectionName }) => sectionName !== offeredSections.charts), [all])
  const arranged = useArrangedPanels(state, store, metrics.data?.metrics, offered)
  const { shown, xKeys, edits, metricsByName } = arranged
  const { changeConfig } = edits
  const context = useMemo(
    () => ({
      address,
      runs,
      view,
      store: store.view,
      metrics: metricsByName,
      onOnlyRun: nothing,
      changePanel: changeConfig,
    }),
    [address, runs, view, store, metricsByName, changeConfig],
  )
  return { address, view, state, store, actions, edits, isOwn: true, shown, xKeys, context, runs, metrics }
}
