import { useMemo } from 'react'
import type { ViewStore } from '../../view/address/view-store.ts'
import { lineKind } from '../../view/workspace/automatic-panels.ts'
import { addPanels, movePanel } from '../../view/workspace/edit-panels.ts'
import { changeSection, moveSection } from '../../view/workspace/edit-sections.ts'
import { familyConfig, type MetricFamily } from '../../view/workspace/metric-families.ts'
import { createPanelId } from '../../view/workspace/panel-id.ts'
import type { ShownPanel, ShownSection } from '../../view/workspace/show-workspace.ts'
import { createPanel } from '../../view/workspace/workspace.ts'
import type { WorkspaceEdits } from './use-workspace-edits.ts'

/** How the grid of a workspace changes it. */
export interface GridEdits {
  onFamily(section: ShownSection, family: MetricFamily): void
  onDropPanel(panelId: string, section: ShownSection, before: ShownPanel | undefined): void
  onDropSection(name: string, before: ShownSection): void
  onToggle(section: ShownSection, isOpen: boolean): void
}

/** The same as long as the edits are, so that what is drawn with them is not drawn anew. */
export function useGridEdits(edits: WorkspaceEdits, view: ViewStore): GridEdits {
  return useMemo(
    () => ({
      onFamily(section, family) {
        edits.edit('Add one chart for many metrics', (arranged) =>
          addPanels(arranged, section.name, [createPanel(createPanelId(), lineKind, familyConfig(family))], 'start'),
        )
      },
      onDropPanel(panelId, section, before) {
        edits.edit('Move panel', (arranged) => {
          const others = section.panels.filter(({ id }) => id !== panelId)
          const index = before === undefined ? others.length : section.panels.findIndex(({ id }) => id === before.id)
          return movePanel(arranged, panelId, { section: section.name, index })
        })
      },
      onDropSection(name, before) {
        edits.edit('Move section', (arranged) =>
          moveSection(
            arranged,
            name,
            arranged.shown.findIndex((section) => section.name === before.name),
          ),
        )
      },
      onToggle(section, isOpen) {
        // What the address says beside it would turn it round again.
        const { toggledSections } = view.get()
        if (toggledSections.includes(section.name)) {
          view.update({ toggledSections: toggledSections.filter((name) => name !== section.name) })
        }
        edits.edit(isOpen ? 'Open section' : 'Close section', (arranged) =>
          changeSection(arranged, section.name, { isOpen }),
        )
      },
    }),
    [edits, view],
  )
}
