import { lazy, type ReactElement, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react'
import type { Arrangement } from '../../hooks/workspace/use-arranged-panels.ts'
import { useGridEdits } from '../../hooks/workspace/use-grid-edits.ts'
import type { GridPlace } from '../../hooks/workspace/use-panel-focus.ts'
import { addPanels } from '../../view/workspace/edit-panels.ts'
import { searchSections } from '../../view/workspace/sections.ts'
import type { ShownPanel, ShownSection } from '../../view/workspace/show-workspace.ts'
import { GuideLink } from '../guide/guide-link.tsx'
import type { PanelContext } from '../panels/panel-props.ts'
import { PageMessage } from '../shell/page-message.tsx'
import { PanelGrid } from './panel-grid.tsx'
import { PanelMenu } from './panel-menu.tsx'
import { SectionMenu } from './section-menu.tsx'

const QuickAdd = lazy(() => import('./quick-add.tsx').then((module) => ({ default: module.QuickAdd })))

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
  /** The panel whose settings are open: it stays in sight. */
  readonly editedPanel: string | undefined
  /** What is to be in sight, with the focus; another object each time. */
  readonly sought: GridPlace | undefined
  readonly onSeek: (place: GridPlace) => void
  readonly onAdd: (sectionName: string) => void
  readonly onAddSection: () => void
  readonly onEditPanel: (panelId: string) => void
  readonly onEditSection: (sectionName: string) => void
  readonly onRename: (sectionName: string) => void
  readonly onFullScreen: (panelId: string) => void
  /** The panel that gets the focus when they come on the page. */
  readonly firstFocus: string | undefined
  /** A panel is pointed at or has the focus. */
  readonly onActivate: (panelId: string) => void
}): ReactElement {
  const { page, context, head, foot, onAdd, onAddSection, onEditPanel, onEditSection, onRename, onFullScreen, onSeek } =
    props
  const { address, view, store, shown, edits, state } = page
  const { metrics: metricsByName } = context
  const found = useMemo(() => searchSections(shown, view.panelSearch), [shown, view.panelSearch])
  const names = useMemo(() => shown.map(({ name }) => name), [shown])
  /** Metrics that were added one by one since the view was empty. */
  const [addedNames, setAddedNames] = useState<readonly string[]>()
  const gridEdits = useGridEdits(edits, store.view)
  const panelMenu = useCallback(
    (panel: ShownPanel, section: ShownSection) => (
      <PanelMenu
        address={address}
        edits={edits}
        metrics={metricsByName}
        onEdit={onEditPanel}
        onFullScreen={onFullScreen}
        onSeek={onSeek}
        panel={panel}
        section={section}
        sectionNames={names}
      />
    ),
    [address, edits, metricsByName, onEditPanel, onFullScreen, onSeek, names],
  )
  const sectionMenu = useCallback(
    (section: ShownSection) => (
      <SectionMenu
        count={names.length}
        edits={edits}
        index={names.indexOf(section.name)}
        onAdd={onAdd}
        onAddSection={onAddSection}
        onEdit={onEditSection}
        onRename={onRename}
        section={section}
      />
    ),
    [edits, onAdd, onAddSection, onEditSection, onRename, names],
  )
  if (props.nothing) return props.nothing
  const hasOthers = Boolean(head || foot)
  if (props.isReady && shown.length === 0 && state.workspace.isAutomatic && !hasOthers) {
    return (
      <PageMessage title="No numbers yet">
        <p>Charts appear here as soon as a run logs its first metric.</p>
        <GuideLink to="runs#logging">Logging numbers</GuideLink>
      </PageMessage>
    )
  }
  const added = new Set(addedNames ?? [])
  const quickAdd = (
    <Suspense>
      <QuickAdd
        added={added}
        metrics={metricsByName}
        onAdd={(name, panels) => {
          setAddedNames([...added, name])
          edits.edit('Add panels', (arranged) => addPanels(arranged, 'Charts', panels))
        }}
        onAll={() => onAdd('Charts')}
        onDone={shown.length > 0 ? () => setAddedNames(undefined) : undefined}
      />
    </Suspense>
  )
  if (shown.length === 0 && !state.workspace.isAutomatic && !hasOthers) {
    return (
      <PageMessage title="No panels yet">
        <p>This view shows what somebody adds to it. These are what most runs have logged:</p>
        {quickAdd}
        <GuideLink to="page#workspace">Panels and views</GuideLink>
      </PageMessage>
    )
  }
  if (found.length === 0 && view.panelSearch !== '' && !hasOthers) {
    return (
      <PageMessage title={`No chart matches “${view.panelSearch}”`}>
        <button className="button" onClick={() => store.view.update({ panelSearch: '' })} type="button">
          Clear search
        </button>
        <GuideLink to="page#search">What searches take</GuideLink>
      </PageMessage>
    )
  }
  return (
    <PanelGrid
      {...gridEdits}
      context={context}
      editedPanel={props.editedPanel}
      firstFocus={props.firstFocus}
      foot={addedNames === undefined ? foot : quickAdd}
      head={head}
      onActivatePanel={props.onActivate}
      onOpenPanel={onFullScreen}
      panelMenu={panelMenu}
      sectionMenu={sectionMenu}
      sections={found}
      sought={props.sought}
    />
  )
}
