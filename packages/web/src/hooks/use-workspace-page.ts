import type { MetricsResponse, OpenedWorkspaceResponse } from '@lossline/protocol'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef } from 'react'
import { metricsQuery, type ProjectAddress } from '../api/queries.ts'
import { createViewActions, type ViewActions } from '../api/view-queries.ts'
import type { PanelContext } from '../components/panels/panel-props.ts'
import { panelTitle } from '../view/panels/registry.ts'
import { type RunSelection, showOnly } from '../view/run-selection.ts'
import type { RunFilterState } from '../view/runs/run-filter.ts'
import { historyKeys, toSections } from '../view/sections.ts'
import type { ViewState } from '../view/url-state.ts'
import { byMetricName } from '../view/workspace/automatic-panels.ts'
import { type ShownSection, showWorkspace } from '../view/workspace/show-workspace.ts'
import { ownWorkspaceName, type WorkspaceStore, type WorkspaceStoreState } from '../view/workspace/workspace-store.ts'
import { useOfferedPanels } from './use-offered-panels.ts'
import { useRunFilter } from './use-run-filter.ts'
import { type RunsState, useRuns } from './use-runs.ts'
import { useWorkspace } from './use-workspace.ts'
import { useWorkspaceEdits, type WorkspaceEdits } from './use-workspace-edits.ts'

/** All that a page with a workspace shows, and how it is changed. */
export interface WorkspacePage {
  readonly address: ProjectAddress
  readonly view: ViewState
  readonly state: WorkspaceStoreState
  readonly store: WorkspaceStore
  readonly actions: ViewActions
  readonly edits: WorkspaceEdits
  /** It belongs to whoever looks at it. */
  readonly isOwn: boolean
  readonly runs: RunsState
  readonly filterState: RunFilterState
  readonly metrics: UseQueryResult<MetricsResponse>
  readonly shown: readonly ShownSection[]
  readonly xKeys: readonly string[]
  readonly context: Omit<PanelContext, 'hasLegend'>
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
  const { filter, state: filterState } = useRunFilter(address, view.query)
  const list = useMemo(() => {
    const all = [...(filter ? [filter] : []), ...(group === undefined ? [] : [{ group }])]
    return { ...(all.length > 0 && { filter: all.length === 1 ? all[0]! : { $and: all } }), sort: view.sort }
  }, [filter, group, view.sort])
  const runs = useRuns(address, list, view.runs)
  const metrics = useQuery(metricsQuery(address))
  const { workspace } = state
  const offered = useOfferedPanels(address, runs.visibleRuns)
  const sections = useMemo(
    () => toSections(metrics.data?.metrics ?? [], workspace.sectionBy, offered),
    [metrics.data, workspace.sectionBy, offered],
  )
  const edits = useWorkspaceEdits(store, sections)
  const shown = useMemo(() => showWorkspace(workspace, sections, panelTitle), [workspace, sections])
  const metricsByName = useMemo(() => byMetricName(sections.flatMap(({ panels }) => panels)), [sections])
  const xKeys = useMemo(() => historyKeys(sections), [sections])
  const beforeOnly = useRef<RunSelection>(undefined)
  const onOnlyRun = useCallback(
    (runId: string) => {
      const { runs: old } = store.view.get()
      store.view.update({ runs: showOnly(old, runId, beforeOnly.current) })
      beforeOnly.current = old
    },
    [store],
  )
  return {
    address,
    view,
    state,
    store,
    actions,
    edits,
    isOwn: opened.name === '' || opened.name === ownWorkspaceName(opened.username),
    runs,
    filterState,
    metrics,
    shown,
    xKeys,
    context: { address, runs: runs.visibleRuns, view, store: store.view, metrics: metricsByName, onOnlyRun },
    onOnlyRun,
  }
}
