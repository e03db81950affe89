import { type ReactElement, type ReactNode, useCallback, useMemo } from 'react'
import type { Arrangement } from '../../hooks/workspace/use-arranged-panels.ts'
import { useGridEdits } from '../../hooks/workspace/use-grid-edits.ts'
import { searchSections } from '../../view/workspace/sections.ts'
import type { ShownPanel, ShownSection } from '../../view/workspace/show-workspace.ts'
import type { PanelContext } from '../panels/panel-props.ts'
import { PageMessage } from '../shell/page-message.tsx'
import { PanelGrid } from './panel-grid.tsx'
import { PanelMenu } from './panel-menu.tsx'
import { SectionMenu } from './section-menu.tsx'

/** The panels of a workspace, or why there are none. The functions are the same in every render. */
export function WorkspacePanels(props: {
  readonly page: Arrangement
  /** The metrics are known. */
  readonly isReady: boolean
  /** Why there is nothing to draw, and what helps; it takes the place of the panels. */
  readonly nothing: ReactElement | undefined
  /** What scrolls with the panels, above them and below them. */
  readonly head?: ReactNode
  readonly foot?: ReactNode
  readonly context: PanelContext
  readonly onAdd: (sectionName: string) => void
  readonly onEditPanel: (panelId: string) => void
  readonly onEditSection: (sectionName: string) => void
  readonly onRename: (sectionName: string) => void
  readonly onFullScreen: (panelId: string) => void
  /** The panel that gets the focus when they come on the page. */
  readonly firstFocus: string | undefined
  /** A panel is pointed at or has the focus. */
  readonly onActivate: (panelId: string) => void
}): ReactElement {
  const { page, context, head, foot, onAdd, onEditPanel, onEditSection, onRename, onFullScreen } = props
  const { address, view, store, shown, edits, state } = page
  const { metrics: metricsByName } = context
  const found = useMemo(() => searchSections(shown, view.panelSearch), [shown, view.panelSearch])
  const names = useMemo(() => shown.map(({ name }) => name), [shown])
  const gridEdits = useGridEdits(edits, store.view)
  const panelMenu = useCallback(
    (panel: ShownPanel, section: ShownSection) => (
      <PanelMenu
        address={address}
        edits={edits}
        metrics={metricsByName}
        onEdit={onEditPanel}
        onFullScreen={onFullScreen}
        panel={panel}
        section={section}
        sectionNames={names}
      />
    ),
    [address, edits, metricsByName, onEditPanel, onFullScreen, names],
  )
  const sectionMenu = useCallback(
    (section: ShownSection) => (
      <SectionMenu
        count={names.length}
        edits={edits}
        index={names.indexOf(section.name)}
        onAdd={onAdd}
        onEdit={onEditSection}
        onRename={onRename}
        section={section}
      />
    ),
    [edits, onAdd, onEditSection, onRename, names],
  )
  if (props.nothing) return props.nothing
  const hasOthers = Boolean(head || foot)
  if (props.isReady && shown.length === 0 && state.workspace.isAutomatic && !hasOthers) {
    return (
      <PageMessage title="No numbers yet">
        <p>Charts appear here as soon as a run logs its first metric.</p>
      </PageMessage>
    )
  }
  if (shown.length === 0 && !state.workspace.isAutomatic && !hasOthers) {
    return (
      <PageMessage title="No panels yet">
        <p>This workspace shows what somebody adds to it.</p>
        <button className="button mt-4" onClick={() => onAdd('Charts')} type="button">
          Add panels
        </button>
      </PageMessage>
    )
  }
  if (found.length === 0 && view.panelSearch !== '' && !hasOthers) {
    return (
      <PageMessage title={`No chart matches “${view.panelSearch}”`}>
        <button className="button" onClick={() => store.view.update({ panelSearch: '' })} type="button">
          Clear search
        </button>
      </PageMessage>
    )
  }
  return (
    <PanelGrid
      {...gridEdits}
      context={context}
      firstFocus={props.firstFocus}
      foot={foot}
      head={head}
      onActivatePanel={props.onActivate}
      onOpenPanel={onFullScreen}
      panelMenu={panelMenu}
      sectionMenu={sectionMenu}
      sections={found}
    />
  )
}
