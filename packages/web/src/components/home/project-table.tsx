import type { ProjectSummary } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import { Star } from 'lucide-react'
import { type ReactElement, useMemo, useRef, useState } from 'react'
import { serverNowMs } from '../../api/server-clock.ts'
import { useRows } from '../../hooks/use-rows.ts'
import { useNow, useValue } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import { togglePinned } from '../../view/home/pinned-projects.ts'
import { orderProjects, projectId, tagsOf } from '../../view/home/project-order.ts'
import { formatAgo, formatDateTime, formatNumber } from '../../view/text/format.ts'
import { SearchField } from '../controls/search-field.tsx'
import { sampleLabelClass } from '../sample/sample-badge.tsx'
import { ProjectSize } from './project-size.tsx'
import { TagFilter } from './tag-filter.tsx'

/** Fewer are found by looking. */
const searchFrom = 8
/** Tags that a row has room for. */
const shownTagMax = 3

/** All projects, pinned ones on top. */
export function ProjectTable({ projects }: { readonly projects: readonly ProjectSummary[] }): ReactElement {
  const { pinnedProjects } = useServices()
  const pinned = useValue(pinnedProjects)
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const tags = useMemo(() => tagsOf(projects), [projects])
  const found = useMemo(() => orderProjects(projects, search, pinned, chosen), [projects, search, pinned, chosen])
  const scroller = useRef<HTMLDivElement>(null)
  const [virtualizer, rowHeight] = useRows(41, {
    count: found.length,
    getScrollElement: () => scroller.current,
    overscan: 10,
  })
  const items = virtualizer.getVirtualItems()
  const above = items[0]?.start ?? 0
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)
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
      <TagFilter chosen={chosen} onChange={setChosen} tags={tags} />
      <div className="max-h-[max(320px,70dvh)] overflow-auto rounded-lg border border-line bg-panel" ref={scroller}>
        <table aria-rowcount={found.length + 1} className="w-full">
          <thead className="sticky top-0 z-20 bg-panel text-left text-muted">
            <tr>
              <th className="w-10 py-2 pl-3">
                <span className="sr-only">Pinned</span>
              </th>
              <th className="py-2 pr-4 font-normal">Project</th>
              <th className="px-4 py-2 text-right font-normal">Runs</th>
              <th className="px-4 py-2 text-right font-normal max-sm:hidden">Running</th>
              <th className="px-4 py-2 text-right font-normal max-sm:hidden">Size</th>
              <th className="px-4 py-2 text-right font-normal">Last active</th>
            </tr>
          </thead>
          <tbody>
            <Gap height={above} />
            {items.map(({ index }) => {
              const project = found[index]!
              const id = projectId(project)
              return (
                <ProjectRow
                  height={rowHeight}
                  index={index}
                  isPinned={pinned.includes(id)}
                  key={id}
                  onPin={() => pinnedProjects.set(togglePinned(pinned, id))}
                  project={project}
                />
              )
            })}
            <Gap height={below} />
          </tbody>
        </table>
        {found.length === 0 && (
          <p className="px-4 py-6 text-center text-muted">
            No project matches.{' '}
            <button
              className="link-text"
              onClick={() => {
                setSearch('')
                setChosen([])
              }}
              type="button"
            >
              Show all
            </button>
          </p>
        )}
      </div>
    </section>
  )
}

/** In the place of rows that are out of sight. */
function Gap({ height }: { readonly height: number }): ReactElement | null {
  if (height <= 0) return null
  return (
    <tr>
      <td colSpan={6} style={{ height, padding: 0 }} />
    </tr>
  )
}

function ProjectRow(props: {
  /** CSS pixels. */
  readonly height: number
  readonly index: number
  readonly project: ProjectSummary
  readonly isPinned: boolean
  readonly onPin: () => void
}): ReactElement {
  const { project, isPinned } = props
  const now = useNow(serverNowMs, 5000)
  return (
    <tr
      aria-rowindex={props.index + 2}
      className="relative border-line border-t hover:bg-hover"
      style={{ height: props.height }}
    >
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
      <td className="max-w-96 py-2 pr-4">
        <span className="flex items-center gap-2">
          <Link
            className="truncate font-medium after:absolute after:inset-0"
            params={{ entity: project.entity, project: project.project }}
            to="/$entity/$project"
          >
            {project.project}
            <span className="font-normal text-muted"> · {project.entity}</span>
          </Link>
          {project.isSample && <span className={sampleLabelClass}>Sample</span>}
          {project.tags.slice(0, shownTagMax).map((tag) => (
            <span className="max-w-28 truncate rounded bg-hover px-1.5 text-sm max-sm:hidden" key={tag} title={tag}>
              {tag}
            </span>
          ))}
          {project.tags.length > shownTagMax && (
            <span className="text-muted text-sm max-sm:hidden" title={project.tags.join(', ')}>
              +{project.tags.length - shownTagMax}
            </span>
          )}
        </span>
      </td>
      <td className="px-4 py-2 text-right">{formatNumber(project.runCount)}</td>
      <td className="px-4 py-2 text-right max-sm:hidden">
        {project.runningCount > 0 ? (
          <span className="inline-flex items-center gap-2 font-medium text-live">
            <span aria-hidden="true" className="live-dot size-2 rounded-full bg-live" />
            {formatNumber(project.runningCount)}
          </span>
        ) : (
          <span className="text-muted">0</span>
        )}
      </td>
      <td className="whitespace-nowrap px-4 py-2 text-right max-sm:hidden">
        <ProjectSize project={project} />
      </td>
      <td className="whitespace-nowrap px-4 py-2 text-right text-muted" title={formatDateTime(project.updatedAtMs)}>
        {formatAgo(project.updatedAtMs, now)}
      </td>
    </tr>
  )
}
