import {
  ArrowDown,
  ArrowDownAZ,
  ArrowUp,
  ChevronsDownUp,
  ChevronsUpDown,
  EllipsisVertical,
  Pencil,
  Pin,
  PinOff,
  Plus,
  Settings2,
  Trash2,
} from 'lucide-react'
import type { ReactElement } from 'react'
import type { WorkspaceEdits } from '../../hooks/workspace/use-workspace-edits.ts'
import { changeSection, moveSection, openSections, removeSection } from '../../view/workspace/edit-sections.ts'
import { hasSettings } from '../../view/workspace/panel-settings.ts'
import type { ShownSection } from '../../view/workspace/show-workspace.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import { MenuItem } from '../shell/menu-item.tsx'
import { DragHandle } from './drag.tsx'

/** Buttons in the heading of a section: layout, add a panel, and a menu with the rest. */
export function SectionMenu(props: {
  readonly section: ShownSection
  readonly index: number
  readonly count: number
  readonly edits: WorkspaceEdits
  readonly onAdd: (sectionName: string) => void
  readonly onEdit: (sectionName: string) => void
  readonly onRename: (sectionName: string) => void
}): ReactElement {
  const { section, index, count, edits } = props
  const { name, order, isPinned } = section
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
        {(close) => {
          const doing = (task: () => void) => (): void => {
            close()
            task()
          }
          return (
            <>
              <MenuItem
                icon={<ArrowDownAZ size={15} />}
                onClick={doing(() =>
                  edits.edit('Sort section', (arranged) =>
                    changeSection(arranged, name, { order: order === 'alphabetical' ? 'manual' : 'alphabetical' }),
                  ),
                )}
              >
                {order === 'alphabetical' ? 'Sort by hand' : 'Sort A–Z'}
              </MenuItem>
              <MenuItem icon={<Pencil size={15} />} onClick={doing(() => props.onRename(name))}>
                Rename
              </MenuItem>
              <MenuItem
                icon={isPinned ? <PinOff size={15} /> : <Pin size={15} />}
                onClick={doing(() =>
                  edits.edit(isPinned ? 'Unpin section' : 'Pin section', (arranged) =>
                    changeSection(arranged, name, { isPinned: !isPinned }),
                  ),
                )}
              >
                {isPinned ? 'Unpin' : 'Pin to the top'}
              </MenuItem>
              {index > 0 && (
                <MenuItem
                  icon={<ArrowUp size={15} />}
                  onClick={doing(() =>
                    edits.edit('Move section', (arranged) => moveSection(arranged, name, index - 1)),
                  )}
                >
                  Move up
                </MenuItem>
              )}
              {index < count - 1 && (
                <MenuItem
                  icon={<ArrowDown size={15} />}
                  onClick={doing(() =>
                    edits.edit('Move section', (arranged) => moveSection(arranged, name, index + 1)),
                  )}
                >
                  Move down
                </MenuItem>
              )}
              <MenuItem
                icon={<ChevronsUpDown size={15} />}
                onClick={doing(() => edits.edit('Open all sections', (arranged) => openSections(arranged, true)))}
              >
                Open all sections
              </MenuItem>
              <MenuItem
                icon={<ChevronsDownUp size={15} />}
                onClick={doing(() => edits.edit('Close all sections', (arranged) => openSections(arranged, false)))}
              >
                Close all sections
              </MenuItem>
              <MenuItem
                icon={<Trash2 size={15} />}
                onClick={doing(() =>
                  edits.editWithUndo('Remove section', `Section ${name} is removed`, (arranged) =>
                    removeSection(arranged, name),
                  ),
                )}
              >
                Remove section
              </MenuItem>
            </>
          )
        }}
      </PopoverButton>
    </div>
  )
}
