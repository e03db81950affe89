import {
  ArrowDown,
  ArrowDownAZ,
  ArrowUp,
  ChevronsDownUp,
  ChevronsUpDown,
  ListPlus,
  Pencil,
  Pin,
  PinOff,
  Trash2,
} from 'lucide-react'
import type { ReactElement } from 'react'
import { changeSection, moveSection, openSections, removeSection } from '../../view/workspace/edit-sections.ts'
import { MenuItem } from '../shell/menu-item.tsx'
import type { SectionMenuProps } from './section-menu.tsx'

/** The menu of a section. */
export function SectionMenuItems(props: SectionMenuProps & { readonly close: () => void }): ReactElement {
  const { section, index, count, edits, close } = props
  const { name, order, isPinned } = section
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
          onClick={doing(() => edits.edit('Move section', (arranged) => moveSection(arranged, name, index - 1)))}
        >
          Move up
        </MenuItem>
      )}
      {index < count - 1 && (
        <MenuItem
          icon={<ArrowDown size={15} />}
          onClick={doing(() => edits.edit('Move section', (arranged) => moveSection(arranged, name, index + 1)))}
        >
          Move down
        </MenuItem>
      )}
      <MenuItem arranges icon={<ListPlus size={15} />} onClick={doing(props.onAddSection)}>
        Add section…
      </MenuItem>
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
}
