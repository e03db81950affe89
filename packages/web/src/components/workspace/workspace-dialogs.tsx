import { lazy, type ReactElement, Suspense } from 'react'
import type { Arrangement } from '../../hooks/workspace/use-arranged-panels.ts'
import { addPanels } from '../../view/workspace/edit-panels.ts'
import { isSectionNameFree, renameSection } from '../../view/workspace/edit-sections.ts'
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
  readonly onClose: () => void
}): ReactElement {
  const { page, context, addTo, renaming, onClose } = props
  const { edits, state, shown } = page
  return (
    <Suspense>
      {addTo !== undefined && (
        <AddPanelDialog
          context={context}
          initialSection={addTo}
          onAdd={(sectionName, panels) =>
            edits.edit('Add panels', (arranged) => addPanels(arranged, sectionName, panels))
          }
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
          problemOf={(name) =>
            isSectionNameFree({ workspace: state.workspace, shown }, name)
              ? undefined
              : 'There is another section of this name.'
          }
          title="Rename the section"
        />
      )}
    </Suspense>
  )
}
