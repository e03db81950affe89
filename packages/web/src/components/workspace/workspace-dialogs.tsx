import { lazy, type ReactElement, Suspense } from 'react'
import type { Arrangement } from '../../hooks/workspace/use-arranged-panels.ts'
import type { GridPlace } from '../../hooks/workspace/use-panel-focus.ts'
import { addPanels } from '../../view/workspace/edit-panels.ts'
import { addSection, isSectionNameFree, renameSection } from '../../view/workspace/edit-sections.ts'
import type { PanelContext } from '../panels/panel-props.ts'

const AddPanelDialog = lazy(() =>
  import('./add-panel-dialog.tsx').then((module) => ({ default: module.AddPanelDialog })),
)
const NameDialog = lazy(() => import('./name-dialog.tsx').then((module) => ({ default: module.NameDialog })))

/** What a workspace asks for: which panels are to come into a section, and how a section is to be called. */
export function WorkspaceDialogs(props: {
  readonly page: Pick<Arrangement, 'edits' | 'state' | 'shown'>
  readonly context: PanelContext
  /** The section that gets panels; undefined: nothing is added. */
  readonly addTo: string | undefined
  /** The section that gets another name; undefined: none. */
  readonly renaming: string | undefined
  /** A section is to be added. */
  readonly isAddingSection: boolean
  /** Panels were added, or a section. */
  readonly onAdded: (place: GridPlace) => void
  readonly onClose: () => void
}): ReactElement {
  const { page, context, addTo, renaming, onClose, onAdded } = props
  const { edits, state, shown } = page
  const problemOf = (name: string): string | undefined =>
    isSectionNameFree({ workspace: state.workspace, shown }, name)
      ? undefined
      : 'There is another section of this name.'
  return (
    <Suspense>
      {addTo !== undefined && (
        <AddPanelDialog
          context={context}
          initialSection={addTo}
          onAdd={(sectionName, panels) => {
            edits.edit('Add panels', (arranged) => addPanels(arranged, sectionName, panels))
            if (panels[0]) onAdded({ panelId: panels[0].id })
          }}
          onClose={onClose}
          sectionNames={shown.map(({ name }) => name)}
        />
      )}
      {renaming !== undefined && (
        <NameDialog
          action="Rename"
          initial={renaming}
          label="Name"
          onClose={onClose}
          onDone={(name) => edits.edit('Rename section', (arranged) => renameSection(arranged, renaming, name))}
          problemOf={problemOf}
          title="Rename the section"
        />
      )}
      {props.isAddingSection && (
        <NameDialog
          action="Add section"
          initial=""
          label="Name"
          onClose={onClose}
          onDone={(name) => {
            edits.edit('Add section', (arranged) => addSection(arranged, name))
            onAdded({ sectionName: name })
          }}
          problemOf={problemOf}
          title="Add a section"
        />
      )}
    </Suspense>
  )
}
