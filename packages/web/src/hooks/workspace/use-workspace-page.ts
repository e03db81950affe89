import type { MetricsResponse, OpenedWorkspaceResponse, StrictJsonObject } from '@lossline/protocol'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { metricsQuery, type ProjectAddress } from '../../api/queries.ts'
import { createViewActions } from '../../api/view-queries.ts'
import { baseOf, runCapOf } from '../../view/runs/run-cap.ts'
import type { RunFilterState } from '../../view/runs/run-filter.ts'
import { withoutGrowth } from '../../view/workspace/sections.ts'
import { findRunSet } from '../../view/workspace/workspace-address.ts'
import { isOwnView } from '../../view/workspace/workspace-store.ts'
import { useDrawnRuns } from '../runs/use-drawn-runs.ts'
import type { RunsState } from '../runs/use-runs.ts'
import { type RunsOfSetOptions, useRunsOfSet } from '../runs/use-runs-of-set.ts'
import { useSame } from '../use-same.ts'
import { type Arrangement, useArrangedPanels } from './use-arranged-panels.ts'
import { useDrawnChoice } from './use-drawn-choice.ts'
import { type DrawnSets, useDrawnSets } from './use-drawn-sets.ts'
import { useOfferedPanels } from './use-offered-panels.ts'
import { useWorkspace } from './use-workspace.ts'

/** All that a page with a workspace shows, and how it is changed. */
export interface WorkspacePage extends Arrangement {
  /** Of the chosen set, which the address is about. */
  readonly runs: RunsState
  /** What is drawn, of all sets that are on. */
  readonly drawn: DrawnSets
  /** The chosen set. */
  readonly chosenId: string
  /** What runs of any set are asked for with. */
  readonly runsOptions: RunsOfSetOptions
  readonly filterState: RunFilterState
  /** What the runs of the chosen set are asked for with; undefined: all are of it. */
  readonly runsFilter: StrictJsonObject | undefined
  readonly metrics: UseQueryResult<MetricsResponse>
  readonly onOnlyRun: (runId: string) => void
}

/** @param group - Of whose runs alone the page is. */
export function useWorkspacePage(
  { entity, project }: ProjectAddress,
  group: string | undefined,
  opened: OpenedWorkspaceResponse,
): WorkspacePage {
  const address = useMemo(() => ({ entity, project }), [entity, project])
  const actions = useMemo(() => createViewActions(address), [address])
  const { state, view, store } = useWorkspace(address, opened)
  const { workspace } = state
  const { runColors, separated } = workspace
  const runsOptions = useMemo(
    () => ({ address, group, colors: { runColors, separated } }),
    [address, group, runColors, separated],
  )
  const chosen = findRunSet(workspace, view.runSet)
  const { id: chosenId } = chosen
  const { runs, filterState, runsFilter } = useRunsOfSet(chosen, view, runsOptions)
  const drawn = useDrawnSets(workspace.runSets, chosenId, useDrawnRuns(address, runs.visibleRuns), view)
  const metrics = useQuery({ ...metricsQuery(address), select: withoutGrowth })
  const offered = useOfferedPanels(address, drawn.runs)
  const arranged = useArrangedPanels(state, store, metrics.data?.metrics, offered)
  const { edits, shown, metricsByName, xKeys } = arranged
  const { onOnlyRun, setRunsShown } = useDrawnChoice(store, drawn, chosenId)
  const { changeConfig } = edits
  const cap = useSame(drawn.sets === undefined ? runCapOf(view.runs, drawn.runs.length, runs.total ?? 0) : undefined)
  const showRuns = useCallback(
    (choice: number | 'all') => store.view.update({ runs: { base: baseOf(choice), shown: [], hidden: [] } }),
    [store],
  )
  const context = useMemo(
    () => ({
      address,
      runs: drawn.runs,
      runSets: drawn.sets,
      view,
      store: store.view,
      metrics: metricsByName,
      onOnlyRun,
      setRunsShown,
      cap: cap && { total: cap.total, show: showRuns },
      changePanel: changeConfig,
    }),
    [address, drawn, view, store, metricsByName, onOnlyRun, setRunsShown, cap, showRuns, changeConfig],
  )
  return {
    address,
    view,
    state,
    store,
    actions,
    edits,
    isOwn: isOwnView(opened),
    runs,
    drawn,
    chosenId,
    runsOptions,
    filterState,
    runsFilter,
    metrics,
    shown,
    xKeys,
    context,
    onOnlyRun,
  }
}
