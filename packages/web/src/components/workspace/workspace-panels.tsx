import { type ReactElement, useMemo } from 'react'
import type { WorkspacePage } from '../../hooks/use-workspace-page.ts'
import { formatCount } from '../../view/format.ts'
import { defaultRunSelection } from '../../view/run-selection.ts'
import { searchSections } from '../../view/sections.ts'
import { movePanel } from '../../view/workspace/edit-panels.ts'
import { changeSection, moveSection } from '../../view/workspace/edit-sections.ts'
import { PageMessage } from '../page-message.tsx'
import { PanelGrid } from '../panel-grid.tsx'
import type { PanelContext } from '../panels/panel-props.ts'
import { PanelMenu } from './panel-menu.tsx'
import { SectionMenu } from './section-menu.tsx'

/** The panels of a workspace, or why there are none. */
export function WorkspacePanels(props: {
  readonly page: WorkspacePage
  readonly context: PanelContext
  readonly onAdd: (sectionName: string) => void
  readonly onEditPanel: (panelId: string) => void
  readonly onEditSection: (sectionName: string) => void
  readonly onRename: (sectionName: string) => void
  readonly onFullScreen: (panelId: string) => void
  /** A panel is pointed at or has the focus. */
  readonly onActivate: (panelId: string) => void
}): ReactElement {
  const { page, context, onAdd } = props
  const { view, store, runs, metrics, shown, edits, state } = page
  const found = useMemo(() => searchSections(shown, view.panelSearch), [shown, view.panelSearch])
  const names = useMemo(() => shown.map(({ name }) => name), [shown])
  if (runs.total !== undefined && runs.total > 0 && runs.visibleRuns.length === 0) {
    return (
      <PageMessage title={`${formatCount(runs.total, 'run')} match, none is visible`}>
        <button className="button" onClick={() => store.view.update({ runs: defaultRunSelection })} type="button">
          Show first 10
        </button>
      </PageMessage>
    )
  }
  if (metrics.data && shown.length === 0 && state.workspace.isAutomatic) {
    return (
      <PageMessage title="No numbers yet">
        <p>Charts appear here as soon as a run logs its first metric.</p>
      </PageMessage>
    )
  }
  if (shown.length === 0 && !state.workspace.isAutomatic) {
    return (
      <PageMessage title="No panels yet">
        <p>This workspace shows what somebody adds to it.</p>
        <button className="button mt-4" onClick={() => onAdd('Charts')} type="button">
          Add panels
        </button>
      </PageMessage>
    )
  }
  if (found.length === 0 && view.panelSearch !== '') {
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
      context={context}
      onActivatePanel={props.onActivate}
      onDropPanel={(panelId, section, before) =>
        edits.edit('Move panel', (arranged) => {
          const others = section.panels.filter(({ id }) => id !== panelId)
          const index = before === undefined ? others.length : section.panels.findIndex(({ id }) => id === before.id)
          return movePanel(arranged, panelId, { section: section.name, index })
        })
      }
      onDropSection={(name, before) =>
        edits.edit('Move section', (arranged) =>
          moveSection(
            arranged,
            name,
            arranged.shown.findIndex((section) => section.name === before.name),
          ),
        )
      }
      onToggle={(section, isOpen) => {
        // What the address says beside it would turn it round again.
        const { toggledSections } = store.view.get()
        if (toggledSections.includes(section.name)) {
          store.view.update({ toggledSections: toggledSections.filter((name) => name !== section.name) })
        }
        edits.edit(isOpen ? 'Open section' : 'Close section', (arranged) =>
          changeSection(arranged, section.name, { isOpen }),
        )
      }}
      panelMenu={(panel, section) => (
        <PanelMenu
          edits={edits}
          onEdit={props.onEditPanel}
          onFullScreen={props.onFullScreen}
          panel={panel}
          section={section}
          sectionNames={names}
        />
      )}
      sectionMenu={(section) => (
        <SectionMenu
          count={names.length}
          edits={edits}
          index={names.indexOf(section.name)}
          onAdd={onAdd}
          onEdit={props.onEditSection}
          onRename={props.onRename}
          section={section}
        />
      )}
      sections={found}
    />
  )
}
