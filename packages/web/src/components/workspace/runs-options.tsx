import { useQuery } from '@tanstack/react-query'
import { ArrowDownNarrowWide, ArrowUpNarrowWide, Copy, FolderPlus, Plus } from 'lucide-react'
import type { ReactElement } from 'react'
import { runKeysQuery } from '../../api/queries.ts'
import type { WorkspacePage } from '../../hooks/workspace/use-workspace-page.ts'
import { allColumns } from '../../view/runs/table-columns.ts'
import { isTextKind } from '../../view/text/sort-rule.ts'
import { addRunSet, duplicateRunSet } from '../../view/workspace/edit-run-sets.ts'
import { createPanelId } from '../../view/workspace/panel-id.ts'
import { IconButton } from '../controls/icon-button.tsx'
import { GroupBySelect } from '../runs/group-by-select.tsx'
import { MenuItem } from '../shell/menu-item.tsx'
import { ColoringOptions } from './coloring-options.tsx'

/** Descending, then ascending. */
const numberDirections = ['Largest first', 'Smallest first'] as const
const textDirections = ['Z to A', 'A to Z'] as const

/** How the runs of the chosen set are put in order and together, and how there come to be more sets. */
export function RunsOptions(props: {
  readonly page: WorkspacePage
  readonly onAddProject: () => void
  readonly onClose: () => void
}): ReactElement {
  const { page, onClose } = props
  const { chosenAt, view, store, chosenId } = page
  const keys = useQuery(runKeysQuery(chosenAt))
  const columns = allColumns(keys.data?.keys ?? [])
  const [first, ...others] = view.sort
  const sortable = columns.filter(({ isSortable }) => isSortable)
  const isTextKey = (key: string): boolean => {
    const column = columns.find((one) => one.key === key)
    return column !== undefined && isTextKind(column.kind)
  }
  const directions = first && isTextKey(first.key) ? textDirections : numberDirections
  const doing = (task: () => void) => (): void => {
    onClose()
    task()
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-end gap-1">
        <label className="flex min-w-0 flex-1 items-center gap-1.5 whitespace-nowrap text-muted">
          Order by
          <select
            className="control min-w-0 flex-1 text-text"
            onChange={({ target }) =>
              store.view.update({
                sort: target.value === '' ? [] : [{ key: target.value, isDescending: !isTextKey(target.value) }],
              })
            }
            value={first?.key ?? ''}
          >
            <option value="">Newest first</option>
            {first && !sortable.some(({ key }) => key === first.key) && <option value={first.key}>{first.key}</option>}
            {sortable.map(({ key, title, namespace }) => (
              <option key={key} value={key}>
                {namespace === undefined ? title : `${namespace} ${title}`}
              </option>
            ))}
          </select>
        </label>
        {first && (
          <IconButton
            label={directions[first.isDescending ? 0 : 1]}
            onClick={() => store.view.update({ sort: [{ ...first, isDescending: !first.isDescending }, ...others] })}
            title={`${directions[first.isDescending ? 0 : 1]}. Click for ${directions[first.isDescending ? 1 : 0].toLowerCase()}.`}
          >
            {first.isDescending ? <ArrowDownNarrowWide size={16} /> : <ArrowUpNarrowWide size={16} />}
          </IconButton>
        )}
      </div>
      <GroupBySelect columns={columns} groupBy={view.groupBy} onChange={(groupBy) => store.view.update({ groupBy })} />
      <hr className="border-line" />
      <ColoringOptions columns={columns} page={page} />
      <hr className="border-line" />
      <div className="-m-2 mt-0">
        <MenuItem
          icon={<Plus size={15} />}
          onClick={doing(() => store.editRunSets('Add run set', (all) => addRunSet(all, createPanelId())))}
        >
          Add run set
        </MenuItem>
        <MenuItem icon={<FolderPlus size={15} />} onClick={doing(props.onAddProject)}>
          Add runs of another project…
        </MenuItem>
        <MenuItem
          icon={<Copy size={15} />}
          onClick={doing(() =>
            store.editRunSets('Duplicate run set', (all) => duplicateRunSet(all, chosenId, createPanelId())),
          )}
        >
          Duplicate this run set
        </MenuItem>
      </div>
    </div>
  )
}
