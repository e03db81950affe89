import type { MetricsResponse, OpenedWorkspaceResponse, StrictJsonObject } from '@lossline/protocol'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { metricsQuery, type ProjectAddress } from '../../api/queries.ts'
import { createViewActions } from '../../api/view-queries.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import { rebaseKey, runKeyOf } from '../../view/run/run-key.ts'
import { runsOfSets } from '../../view/runs/counted-runs.ts'
import { withLooks } from '../../view/runs/drawn-sets.ts'
import { baseOf, runCapOf } from '../../view/runs/run-cap.ts'
import type { RunFilterState } from '../../view/runs/run-filter.ts'
import { isOwnView } from '../../view/workspace/own-view.ts'
import { otherProjects, runSetAddress } from '../../view/workspace/run-set-project.ts'
import { withoutGrowth } from '../../view/workspace/sections.ts'
import { findRunSet } from '../../view/workspace/workspace-address.ts'
import { useDrawnRuns } from '../runs/use-drawn-runs.ts'
import type { RunsState } from '../runs/use-runs.ts'
import { type RunsOfSetOptions, useRunsOfSet } from '../runs/use-runs-of-set.ts'
import { useSame } from '../use-same.ts'
import { type Arrangement, useArrangedPanels } from './use-arranged-panels.ts'
import { useDrawnChoice } from './use-drawn-choice.ts'
import { type DrawnSets, useDrawnSets } from './use-drawn-sets.ts'
import { useOfferedPanels } from './use-offered-panels.ts'
import { useWithOtherMetrics } from './use-other-metrics.ts'
import { useWorkspace } from './use-workspace.ts'

/** All that a page with a workspace shows, and how it is changed. */
export interface WorkspacePage extends Arrangement {
  /** Of the chosen set, which the address is about; by their ids. */
  readonly runs: RunsState
  /** What is drawn, of all sets that are on. */
  readonly drawn: DrawnSets
  /** The chosen set. */
  readonly chosenId: string
  /** Where its runs are. */
  readonly chosenAt: ProjectAddress
  /** By which key a run of it is known in charts. */
  readonly keyOf: (runId: string) => string
  /** What runs of any set are asked for with. */
  readonly runsOptions: RunsOfSetOptions
  readonly filterState: RunFilterState
  /** What the runs of the chosen set are asked for with; undefined: all are of it. */
  readonly runsFilter: StrictJsonObject | undefined
  /** Of the view's own project. */
  readonly metrics: UseQueryResult<MetricsResponse>
  /** Those of all projects are known. */
  readonly areMetricsKnown: boolean
  /** By its key. */
  readonly onOnlyRun: (key: string) => void
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
  const { runSets } = workspace
  const chosenAt = runSetAddress(runSets, chosen, address)
  const found = useRunsOfSet(chosen, chosenAt, view, runsOptions)
  const { filterState, runsFilter } = found
  const drawn = useDrawnSets(address, runSets, chosenId, useDrawnRuns(chosenAt, found.runs.visibleRuns), view)
  const keyOf = useCallback((runId: string) => runKeyOf({ ...chosenAt, runId }, address), [chosenAt, address])
  const runs = useMemo(
    () => ({ ...found.runs, runs: withLooks(found.runs.runs, drawn.looks, keyOf) }),
    [found.runs, drawn.looks, keyOf],
  )
  const metrics = useQuery({ ...metricsQuery(address), select: withoutGrowth })
  const others = useSame(
    otherProjects(
      runSets,
      runSets.filter(({ isEnabled }) => isEnabled),
      address,
    ),
  )
  const offered = useOfferedPanels(address, drawn.runs)
  const all = useWithOtherMetrics(metrics.data?.metrics, others)
  const arranged = useArrangedPanels(state, store, all.metrics, offered)
  const { edits, shown, metricsByName, xKeys } = arranged
  const { onOnlyRun, onOnlyRuns, setRunsShown } = useDrawnChoice(address, store, drawn, chosenId)
  // The address says it in the words of the project of the chosen set.
  const viewOfRuns = useMemo(() => withKeysOf(view, chosenAt, address), [view, chosenAt, address])
  const setBaseline = useCallback(
    (key: string) => store.view.update({ baseline: rebaseKey(key, address, chosenAt) }),
    [store, address, chosenAt],
  )
  const { changeConfig } = edits
  const cap = useSame(drawn.sets === undefined ? runCapOf(view.runs, drawn.runs.length, runs.total ?? 0) : undefined)
  const showRuns = useCallback(
    (choice: number | 'all') => store.view.update({ runs: { base: baseOf(choice), shown: [], hidden: [] } }),
    [store],
  )
  const countedRuns = useSame(
    runsOfSets(
      address,
      runSets.flatMap((set) => {
        const { id, isEnabled } = set
        const found = id === chosenId ? { filter: runsFilter } : drawn.others.get(id)
        return isEnabled && found ? { at: runSetAddress(runSets, set, address), filter: found.filter } : []
      }),
    ),
  )
  const context = useMemo(
    () => ({
      address,
      countedRuns,
      otherProjects: others,
      queryAt: chosenAt,
      runs: drawn.runs,
      runSets: drawn.sets,
      view: viewOfRuns,
      store: store.view,
      metrics: metricsByName,
      onOnlyRun,
      onOnlyRuns,
      setBaseline,
      setRunsShown,
      cap: cap && { total: cap.total, show: showRuns },
      changePanel: changeConfig,
    }),
    [
      address,
      countedRuns,
      others,
      chosenAt,
      drawn,
      viewOfRuns,
      store,
      metricsByName,
      onOnlyRun,
      onOnlyRuns,
      setBaseline,
      setRunsShown,
      cap,
      showRuns,
      changeConfig,
    ],
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
    chosenAt,
    keyOf,
    runsOptions,
    filterState,
    runsFilter,
    metrics,
    areMetricsKnown: all.isWhole,
    shown,
    xKeys,
    context,
    onOnlyRun,
  }
}

/** A view that names runs by their keys, where its address says of which project they are by being about a set of that one. */
function withKeysOf(view: ViewState, at: ProjectAddress, own: ProjectAddress): ViewState {
  if (at === own) return view
  const { baseline, pins } = view
  return {
    ...view,
    baseline: baseline === undefined ? undefined : rebaseKey(baseline, at, own),
    pins: pins.map((key) => rebaseKey(key, at, own)),
  }
}
