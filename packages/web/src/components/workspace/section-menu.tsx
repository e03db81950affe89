import { EllipsisVertical, Plus, Settings2 } from 'lucide-react'
import { lazy, type ReactElement, Suspense } from 'react'
import type { WorkspaceEdits } from '../../hooks/workspace/use-workspace-edits.ts'
import { moveSection } from '../../view/workspace/edit-sections.ts'
import { hasSettings } from '../../view/workspace/panel-settings.ts'
import type { ShownSection } from '../../view/workspace/show-workspace.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import { DragHandle } from './drag.tsx'

const SectionMenuItems = lazy(() =>
  import('./section-menu-items.tsx').then((module) => ({ default: module.SectionMenuItems })),
)

/** What can be done with a section. */
export interface SectionMenuProps {
  readonly section: ShownSection
  readonly index: number
  readonly count: number
  readonly edits: WorkspaceEdits
  readonly onAdd: (sectionName: string) => void
  readonly onEdit: (sectionName: string) => void
  readonly onRename: (sectionName: string) => void
  /** Asks for the name of another section. */
  readonly onAddSection: () => void
}

/** Buttons in the heading of a section: layout, add a panel, and a menu with the rest. */
export function SectionMenu(props: SectionMenuProps): ReactElement {
  const { section, index, edits } = props
  const { name } = section
  const isOverridden =
    hasSettings(section.settings) || section.columns !== undefined || section.panelHeight !== undefined
  return (
    <div className="ml-auto flex shrink-0 items-center max-sm:hidden opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
      <DragHandle
        id={name}
        kind="section"
        label={`section ${name}`}
        onStep={(direction) =>
          edits.edit('Move section', (arranged) => moveSection(arranged, name, Math.max(0, index + direction)))
        }
      />
      <button
        aria-label={`Add a panel to ${name}`}
        className="icon-button"
        onClick={() => props.onAdd(name)}
        title="Add panel"
        type="button"
      >
        <Plus size={15} />
      </button>
      <button
        aria-label={`Settings of ${name}${isOverridden ? ', changed' : ''}`}
        className="icon-button relative"
        onClick={() => props.onEdit(name)}
        title="Layout and settings of the section"
        type="button"
      >
        <Settings2 size={15} />
        {isOverridden && (
          <span aria-hidden="true" className="absolute top-0.5 right-0.5 size-1.5 rounded-full bg-accent" />
        )}
      </button>
      <PopoverButton className="icon-button" face={<EllipsisVertical size={15} />} label={`More for section ${name}`}>
        {(close) => (
          <Suspense>
            <SectionMenuItems {...props} close={close} />
          </Suspense>
        )}
      </PopoverButton>
    </div>
  )
}
