import type { ProjectSummary } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { projectsQuery, statusQuery } from '../api/queries.ts'
import { serverNowMs } from '../api/server-clock.ts'
import { ErrorMessage, PageMessage } from '../components/page-message.tsx'
import { SearchField } from '../components/search-field.tsx'
import { useDocumentTitle, useNow } from '../hooks/use-store.ts'
import { formatAgo, formatCount, formatDateTime, formatNumber } from '../view/format.ts'
import { FirstRun } from './first-run.tsx'

/** All projects, or those of one entity. */
export function HomePage(): ReactElement {
  const { entity } = useParams({ strict: false })
  const projects = useQuery(projectsQuery)
  const status = useQuery(statusQuery)
  useDocumentTitle(entity ?? '')
  const listed = projects.data?.projects.filter((project) => entity === undefined || project.entity === entity)
  return (
    <main className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      {projects.isPending && <Skeleton />}
      {projects.error && !projects.data && (
        <ErrorMessage error={projects.error} onRetry={() => void projects.refetch()} />
      )}
      {listed?.length === 0 && entity === undefined && <FirstRun />}
      {listed?.length === 0 && entity !== undefined && (
        <PageMessage title={`No project of ${entity}`}>
          <Link className="button mt-2" to="/">
            All projects
          </Link>
        </PageMessage>
      )}
      {listed && listed.length > 0 && <Projects dataDirectory={status.data?.dataDirectory} projects={listed} />}
    </main>
  )
}

function Projects(props: {
  readonly projects: readonly ProjectSummary[]
  readonly dataDirectory: string | undefined
}): ReactElement {
  const [search, setSearch] = useState('')
  const now = useNow(serverNowMs, 5000)
  const text = search.trim().toLowerCase()
  const shown = props.projects
    .filter(({ entity, project }) => `${entity}/${project}`.toLowerCase().includes(text))
    .toSorted((a, b) => b.runningCount - a.runningCount || b.updatedAtMs - a.updatedAtMs)
  const running = props.projects.reduce((sum, project) => sum + project.runningCount, 0)
  return (
    <div className="mx-auto w-full max-w-4xl px-4 py-8">
      <div className="mb-4 flex flex-wrap items-baseline gap-x-4 gap-y-2">
        <h1 className="font-semibold text-xl">Projects</h1>
        <p className="text-muted">
          {running > 0 ? `${formatCount(running, 'run')} running now` : 'Nothing is running now'}
        </p>
        {props.projects.length > 8 && (
          <SearchField className="ml-auto w-56" label="Find a project" onChange={setSearch} value={search} />
        )}
      </div>
      <div className="overflow-x-auto rounded-lg border border-line bg-panel">
        <table className="w-full">
          <thead className="text-left text-muted">
            <tr>
              <th className="px-4 py-2 font-normal">Project</th>
              <th className="px-4 py-2 text-right font-normal">Runs</th>
              <th className="px-4 py-2 text-right font-normal">Running</th>
              <th className="px-4 py-2 text-right font-normal">Last active</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((project) => (
              <tr className="relative border-line border-t hover:bg-hover" key={`${project.entity}/${project.project}`}>
                <td className="max-w-80 px-4 py-2">
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
                <td
                  className="whitespace-nowrap px-4 py-2 text-right text-muted"
                  title={formatDateTime(project.updatedAtMs)}
                >
                  {formatAgo(project.updatedAtMs, now)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p className="px-4 py-6 text-center text-muted">No project matches “{search}”.</p>}
      </div>
      {props.dataDirectory !== undefined && (
        <p className="mt-4 text-muted text-sm">
          Data in <code className="font-mono">{props.dataDirectory}</code>
        </p>
      )}
    </div>
  )
}

function Skeleton(): ReactElement {
  return (
    <div aria-label="Loading projects" className="mx-auto w-full max-w-4xl px-4 py-8" role="img">
      <div className="skeleton mb-4 h-7 w-32" />
      <div className="skeleton h-48" />
    </div>
  )
}
