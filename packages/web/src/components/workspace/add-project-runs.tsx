import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { projectsQuery } from '../../api/queries.ts'
import type { WorkspacePage } from '../../hooks/workspace/use-workspace-page.ts'
import { isSameProject } from '../../view/run/run-key.ts'
import { formatCount } from '../../view/text/format.ts'
import { addRunSet } from '../../view/workspace/edit-run-sets.ts'
import { createPanelId } from '../../view/workspace/panel-id.ts'
import { Dialog } from '../controls/dialog.tsx'
import { Failure } from '../controls/failure.tsx'
import { SearchField } from '../controls/search-field.tsx'
import { menuItemClass } from '../shell/menu-item.tsx'

/** Asks whose runs are to be drawn beside those of the project, and adds a set of them. */
export function AddProjectRuns(props: { readonly page: WorkspacePage; readonly onClose: () => void }): ReactElement {
  const { page, onClose } = props
  const { data, error, refetch } = useQuery(projectsQuery)
  const [search, setSearch] = useState('')
  const others = data?.projects.filter((one) => !isSameProject(one, page.address)) ?? []
  const wanted = search.trim().toLowerCase()
  const found = others.filter(({ entity, project }) => `${entity}/${project}`.toLowerCase().includes(wanted))
  return (
    <Dialog onClose={onClose} title="Add runs of another project">
      <p className="mb-3 text-muted">
        They come as a run set, with a filter, an order, groups and colours of its own, and are drawn in the same
        panels.
      </p>
      <SearchField label="Find a project" onChange={setSearch} value={search} />
      {error && !data && <Failure error={error} onRetry={refetch} />}
      <ul aria-label="Projects" className="mt-2 max-h-80 min-h-40 overflow-y-auto">
        {found.map(({ entity, project, runCount }) => (
          <li key={`${entity}/${project}`}>
            <button
              className={menuItemClass}
              onClick={() => {
                onClose()
                page.store.editRunSets('Add run set', (all) => addRunSet(all, createPanelId(), { entity, project }))
              }}
              type="button"
            >
              <span className="min-w-0 flex-1 truncate">
                <span className="text-muted">{entity}/</span>
                {project}
              </span>
              <span className="shrink-0 text-muted text-sm">{formatCount(runCount, 'run')}</span>
            </button>
          </li>
        ))}
      </ul>
      {data && found.length === 0 && (
        <p className="text-muted">
          {others.length === 0 ? 'You can see no other project on this server.' : 'No project has this in its name.'}
        </p>
      )}
    </Dialog>
  )
}
