import { memo, type ReactElement, type ReactNode, useMemo } from 'react'
import type { ShownPanel, ShownSection } from '../../view/workspace/show-workspace.ts'
import type { PanelContext } from '../panels/panel-props.ts'
import { WorkspacePanel } from '../panels/workspace-panel.tsx'
import { DropTarget } from './drag.tsx'

/** What can be done with panels of a grid; the same functions in every render. */
export interface GridPanelActions {
  /** What can be done with a panel; it goes into its heading. */
  readonly panelMenu?: ((panel: ShownPanel, section: ShownSection) => ReactNode) | undefined
  /** A panel was dropped on another one; without one, behind all of the section. */
  readonly onDropPanel?: ((panelId: string, section: ShownSection, before: ShownPanel | undefined) => void) | undefined
  /** A panel is pointed at or has the focus. */
  readonly onActivatePanel?: ((panelId: string) => void) | undefined
}

/** A panel at its place in a grid. It is drawn anew when something of its own is different, not with whatever else the page shows. */
export const GridPanel = memo(function GridPanel(
  props: GridPanelActions & {
    readonly panel: ShownPanel
    readonly section: ShownSection
    readonly context: PanelContext
  },
): ReactElement {
  const { panel, section, context, panelMenu, onDropPanel, onActivatePanel } = props
  const menu = useMemo(() => panelMenu?.(panel, section), [panelMenu, panel, section])
  return (
    <DropTarget
      className="h-full min-w-0"
      kind="panel"
      onActivate={onActivatePanel && (() => onActivatePanel(panel.id))}
      onDrop={onDropPanel && ((id) => onDropPanel(id, section, panel))}
      panelId={panel.id}
    >
      <WorkspacePanel
        context={context}
        menu={menu}
        panel={panel}
        section={section.settings}
        sectionName={section.name}
      />
    </DropTarget>
  )
})
