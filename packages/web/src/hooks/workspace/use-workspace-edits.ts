import { useMemo } from 'react'
import { useServices } from '../../services.ts'
import { panelMetrics, panelTitle } from '../../view/panels/registry.ts'
import type { Arranged } from '../../view/workspace/arrange.ts'
import { byMetricName } from '../../view/workspace/automatic-panels.ts'
import { changePanel } from '../../view/workspace/edit-panels.ts'
import type { JsonObject } from '../../view/workspace/json.ts'
import type { Section } from '../../view/workspace/sections.ts'
import { showWorkspace } from '../../view/workspace/show-workspace.ts'
import type { Workspace, WorkspacePanel } from '../../view/workspace/workspace.ts'
import type { WorkspaceStore } from '../../view/workspace/workspace-store.ts'

/** How the page's controls change a workspace. */
export interface WorkspaceEdits {
  /** @param label - What is done, such as "Remove panel"; it names the step that can be undone. */
  edit(label: string, change: (arranged: Arranged) => Workspace): void
  /** The same for what one may regret: a message offers to take back this, and nothing that was done later. */
  editWithUndo(label: string, done: string, change: (arranged: Arranged) => Workspace): void
  /** Another JSON for a panel. */
  changeConfig(panelId: string, change: (config: JsonObject) => JsonObject): void
  /** The section that a panel belongs to by its metrics. */
  homeOf(panel: Pick<WorkspacePanel, 'kind' | 'config'>): string
}

export function useWorkspaceEdits(store: WorkspaceStore, sections: readonly Section[]): WorkspaceEdits {
  const { toasts } = useServices()
  return useMemo(() => {
    const over =
      (change: (arranged: Arranged) => Workspace) =>
      (workspace: Workspace): Workspace =>
        change({ workspace, shown: showWorkspace(workspace, sections, panelTitle) })
    const edit: WorkspaceEdits['edit'] = (label, change) => store.edit(label, over(change))
    const homes = new Map(
      sections.flatMap((section) => [...byMetricName(section.panels).keys()].map((name) => [name, section.name])),
    )
    return {
      edit,
      editWithUndo(label, done, change) {
        const undo = store.editAlone(label, over(change))
        if (undo) toasts.show(done, undo)
      },
      changeConfig(panelId, change) {
        edit('Edit panel', (arranged) => {
          const panel = arranged.shown.flatMap(({ panels }) => panels).find(({ id }) => id === panelId)
          return panel ? changePanel(arranged, panelId, { config: change(panel.config) }) : arranged.workspace
        })
      },
      homeOf: (panel) => homes.get(panelMetrics(panel)[0] ?? '') ?? 'Charts',
    }
  }, [store, sections, toasts])
}
