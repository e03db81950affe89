import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { entityQuery } from '../api/account-queries.ts'
import { projectsQuery } from '../api/queries.ts'
import { MemberTable } from '../components/entity/member-table.tsx'
import { HomeSkeleton } from '../components/home/home-skeleton.tsx'
import { ProjectTable } from '../components/home/project-table.tsx'
import { RecentRuns } from '../components/home/recent-runs.tsx'
import { RunningNow } from '../components/home/running-now.tsx'
import { isNotFound } from '../components/shell/not-found.tsx'
import { ErrorMessage, PageMessage } from '../components/shell/page-message.tsx'
import { useDocumentTitle } from '../hooks/use-store.ts'

/** A user or team: its projects, what runs in them, and of a team who belongs to it. */
export function EntityPage(): ReactElement {
  const { entity } = useParams({ strict: false }) as { entity: string }
  const query = useQuery(projectsQuery)
  const belonging = useQuery(entityQuery(entity))
  const { data: found, isPending } = belonging
  useDocumentTitle(entity)
  const projects = query.data?.projects.filter((project) => project.entity === entity)
  if (query.error && !projects) {
    return (
      <main className="flex flex-1">
        <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
      </main>
    )
  }
  if (projects === undefined || (projects.length === 0 && isPending)) {
    return (
      <main className="flex-1">
        <HomeSkeleton />
      </main>
    )
  }
  if (projects.length === 0 && belonging.error && !isNotFound(belonging.error)) {
    return (
      <main className="flex flex-1">
        <ErrorMessage error={belonging.error} onRetry={() => void belonging.refetch()} />
      </main>
    )
  }
  // Somebody's own page is theirs also before they have a project.
  if (projects.length === 0 && found === undefined) {
    return (
      <main className="flex flex-1">
        <PageMessage title={`No user or team ${entity}`}>
          <p>There is none, or you may not see what belongs to it.</p>
          <Link className="button mt-4" to="/">
            All projects
          </Link>
        </PageMessage>
      </main>
    )
  }
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-4xl px-4 py-8">
        <h1 className="mb-4 break-words font-semibold text-xl">
          {entity}
          {found?.kind === 'team' && <span className="ml-3 font-normal text-base text-muted">Team</span>}
        </h1>
        <RunningNow projects={projects} />
        {projects.length === 0 ? (
          <p className="rounded-lg border border-line bg-panel p-4 text-muted">
            No project yet. One comes with the first run that is logged to{' '}
            <code className="font-mono text-text">{entity}</code>.
          </p>
        ) : (
          <ProjectTable projects={projects} />
        )}
        <RecentRuns projects={projects} />
        {found?.kind === 'team' && <MemberTable team={found} />}
      </div>
    </main>
  )
}
