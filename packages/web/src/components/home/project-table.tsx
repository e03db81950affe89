import type { ProjectSummary } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import { Star } from 'lucide-react'
import { type ReactElement, useMemo, useState } from 'react'
import { serverNowMs } from '../../api/server-clock.ts'
import { useNow, useValue } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import { formatAgo, formatCount, formatDateTime, formatNumber } from '../../view/format.ts'
import { togglePinned } from '../../view/home/pinned-projects.ts'
import { orderProjects, projectId } from '../../view/home/project-order.ts'
import { SearchField } from '../search-field.tsx'

/** Rows at first; a button shows the others. */
const rowsAtFirst = 100
/** Fewer are found by looking. */
const searchFrom = 8

/** All projects, pinned ones on top. */
export function ProjectTable({ projects }: { readonly projects: readonly ProjectSummary[] }): ReactElement {
  const { pinnedProjects } = useServices()
  const pinned = useValue(pinnedProjects)
  const [search, setSearch] = useState('')
  const [rowCount, setRowCount] = useState(rowsAtFirst)
  const found = useMemo(() => orderProjects(projects, search, pinned), [projects, search, pinned])
  return (
    <section aria-labelledby="projects-title">
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="font-semibold text-lg" id="projects-title">
          Projects
        </h2>
        {projects.length > searchFrom && (
          <SearchField className="ml-auto w-56" label="Find a project" onChange={setSearch} value={search} />
        )}
      </div>
      <div className="overflow-x-auto rounded-lg border border-line bg-panel">
        <table className="w-full">
          <thead className="text-left text-muted">
            <tr>
              <th className="w-10 py-2 pl-3">
                <span className="sr-only">Pinned</span>
              </th>
              <th className="py-2 pr-4 font-normal">Project</th>
              <th className="px-4 py-2 text-right font-normal">Runs</th>
              <th className="px-4 py-2 text-right font-normal">Running</th>
              <th className="px-4 py-2 text-right font-normal">Last active</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, rowCount).map((project) => (
              <ProjectRow
                isPinned={pinned.includes(projectId(project))}
                key={projectId(project)}
                onPin={() => pinnedProjects.set(togglePinned(pinned, projectId(project)))}
                project={project}
              />
            ))}
          </tbody>
        </table>
        {found.length === 0 && <p className="px-4 py-6 text-center text-muted">No project matches “{search}”.</p>}
        {found.length > rowCount && (
          <button className="link-text px-4 py-2" onClick={() => setRowCount(rowCount * 5)} type="button">
            Showing {formatNumber(rowCount)} of {formatCount(found.length, 'project')}. Show more
          </button>
        )}
      </div>
    </section>
  )
}

function ProjectRow(props: {
  readonly project: ProjectSummary
  readonly isPinned: boolean
  readonly onPin: () => void
}): ReactElement {
  const { project, isPinned } = props
  const now = useNow(serverNowMs, 5000)
  return (
    <tr className="relative border-line border-t hover:bg-hover">
      <td className="py-1 pl-3">
        <button
          aria-label={`Pin ${project.project}`}
          aria-pressed={isPinned}
          className={`icon-button relative z-10 ${isPinned ? 'text-accent' : ''}`}
          onClick={props.onPin}
          title={isPinned ? 'Unpin' : 'Pin on top'}
          type="button"
        >
          <Star fill={isPinned ? 'currentColor' : 'none'} size={14} />
        </button>
      </td>
      <td className="max-w-80 py-2 pr-4">
        <Link
          className="block truncate font-medium after:absolute after:inset-0"
          params={{ entity: project.entity, project: project.project }}
          to="/$entity/$project"
        >
          {project.project}
          <span className="font-normal text-muted"> · {project.entity}</span>
        </Link>
      </td>
      <td className="px-4 py-2 text-right">{formatNumber(project.runCount)}</td>
      <td className="px-4 py-2 text-right">
        {project.runningCount > 0 ? (
          <span className="inline-flex items-center gap-2 font-medium text-live">
            <span aria-hidden="true" className="live-dot size-2 rounded-full bg-live" />
            {formatNumber(project.runningCount)}
          </span>
        ) : (
          <span className="text-muted">0</span>
        )}
      </td>
      <td className="whitespace-nowrap px-4 py-2 text-right text-muted" title={formatDateTime(project.updatedAtMs)}>
        {formatAgo(project.updatedAtMs, now)}
      </td>
    </tr>
  )
}
