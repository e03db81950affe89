import type { MetricInfo } from '@lossline/protocol'
import { useMemo, useRef } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import type { ViewActions } from '../../api/view-queries.ts'
import type { PanelContext } from '../../components/panels/panel-props.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import { panelTitle } from '../../view/panels/registry.ts'
import { byMetricName, type MetricsByName } from '../../view/workspace/automatic-panels.ts'
import {
  historyKeys,
  type KnownPanels,
  type OfferedPanel,
  type Section,
  toSections,
} from '../../view/workspace/sections.ts'
import { type ShownSection, showWorkspace } from '../../view/workspace/show-workspace.ts'
import type { WorkspaceStore, WorkspaceStoreState } from '../../view/workspace/workspace-store.ts'
import { useWorkspaceEdits, type WorkspaceEdits } from './use-workspace-edits.ts'

/** Panels as people arranged them: what a page shows of them, and how they are changed. */
export interface Arrangement {
  readonly address: ProjectAddress
  readonly view: ViewState
  readonly state: WorkspaceStoreState
  readonly store: WorkspaceStore
  readonly actions: ViewActions
  readonly edits: WorkspaceEdits
  /** It saves itself. */
  readonly isOwn: boolean
  readonly shown: readonly ShownSection[]
  readonly xKeys: readonly string[]
  readonly context: Omit<PanelContext, 'hasLegend'>
}

/** What there is, in the sections that people made or that come by themselves. */
export interface ArrangedPanels {
  readonly sections: readonly Section[]
  readonly shown: readonly ShownSection[]
  readonly edits: WorkspaceEdits
  readonly metricsByName: MetricsByName
  readonly xKeys: readonly string[]
}

const noMetrics: readonly never[] = []

/**
 * Puts what runs have logged into sections, with what people arranged.
 *
 * @param metrics - Undefined while they are not known.
 */
export function useArrangedPanels(
  { workspace }: WorkspaceStoreState,
  store: WorkspaceStore,
  metrics: readonly MetricInfo[] = noMetrics,
  offered: readonly OfferedPanel[] = noMetrics,
): ArrangedPanels {
  const known = useRef<KnownPanels>(new Map())
  const sections = useMemo(
    () => toSections(metrics, workspace.sectionBy, offered, known.current),
    [metrics, workspace.sectionBy, offered],
  )
  const edits = useWorkspaceEdits(store, sections)
  const shown = useMemo(() => showWorkspace(workspace, sections, panelTitle), [workspace, sections])
  const metricsByName = useMemo(() => byMetricName(sections.flatMap(({ panels }) => panels)), [sections])
  const xKeys = useMemo(() => historyKeys(sections), [sections])
  return { sections, shown, edits, metricsByName, xKeys }
}
