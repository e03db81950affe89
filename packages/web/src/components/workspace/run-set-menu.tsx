import { ArrowDown, ArrowUp, Copy, EllipsisVertical, FolderPlus, Pencil, Plus, Trash2 } from 'lucide-react'
import type { ReactElement } from 'react'
import type { WorkspacePage } from '../../hooks/workspace/use-workspace-page.ts'
import { useServices } from '../../services.ts'
import {
  addRunSet,
  duplicateRunSet,
  moveRunSet,
  putBackRunSet,
  removeRunSet,
} from '../../view/workspace/edit-run-sets.ts'
import { createPanelId } from '../../view/workspace/panel-id.ts'
import { isRunSetRemovable } from '../../view/workspace/run-set-project.ts'
import type { WorkspaceRunSet } from '../../view/workspace/workspace.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import { MenuItem } from '../shell/menu-item.tsx'

/** What can be done with a set of runs as a whole. */
export function RunSetMenu({
  page,
  set,
  onRename,
  onAddProject,
}: {
  readonly page: WorkspacePage
  readonly set: WorkspaceRunSet
  readonly onRename: () => void
  readonly onAddProject: () => void
}): ReactElement {
  const { store } = page
  const { toasts } = useServices()
  const { runSets } = page.state.workspace
  const index = runSets.findIndex(({ id }) => id === set.id)
  return (
    <PopoverButton className="icon-button" face={<EllipsisVertical size={15} />} label={`More for run set ${set.name}`}>
      {(close) => {
        const doing = (task: () => void) => (): void => {
          close()
          task()
        }
        const move = (by: 1 | -1) =>
          doing(() => store.editRunSets('Move run set', (all) => moveRunSet(all, set.id, by)))
        return (
          <>
            <MenuItem icon={<Pencil size={15} />} onClick={doing(onRename)}>
              Rename
            </MenuItem>
            <MenuItem
              icon={<Copy size={15} />}
              onClick={doing(() =>
                store.editRunSets('Duplicate run set', (all) => duplicateRunSet(all, set.id, createPanelId())),
              )}
            >
              Duplicate
            </MenuItem>
            {index > 0 && (
              <MenuItem icon={<ArrowUp size={15} />} onClick={move(-1)}>
                Move up
              </MenuItem>
            )}
            {index < runSets.length - 1 && (
              <MenuItem icon={<ArrowDown size={15} />} onClick={move(1)}>
                Move down
              </MenuItem>
            )}
            <MenuItem
              icon={<Plus size={15} />}
              onClick={doing(() => store.editRunSets('Add run set', (all) => addRunSet(all, createPanelId())))}
            >
              Add run set
            </MenuItem>
            <MenuItem icon={<FolderPlus size={15} />} onClick={doing(onAddProject)}>
              Add runs of another project…
            </MenuItem>
            {isRunSetRemovable(runSets, set.id, page.address) && (
              <MenuItem
                icon={<Trash2 size={15} />}
                onClick={doing(() => {
                  const seen = store.runSets()[index]!
                  store.editRunSets('Remove run set', (all) => removeRunSet(all, set.id))
                  // No step back: the latest step is another one by the time that somebody presses it.
                  toasts.show(`Run set ${set.name} is removed`, () =>
                    store.editRunSets('Put run set back', (all) => putBackRunSet(all, seen, index)),
                  )
                })}
              >
                Remove
              </MenuItem>
            )}
          </>
        )
      }}
    </PopoverButton>
  )
}
