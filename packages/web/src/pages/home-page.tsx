import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { projectsQuery } from '../api/queries.ts'
import { ProjectTable } from '../components/home/project-table.tsx'
import { RunningNow } from '../components/home/running-now.tsx'
import { ErrorMessage, PageMessage } from '../components/page-message.tsx'
import { useDocumentTitle } from '../hooks/use-store.ts'
import { FirstRun } from './first-run.tsx'

/** What runs now and all projects, or those of one entity. */
export function HomePage(): ReactElement {
  const { entity } = useParams({ strict: false })
  const projects = useQuery(projectsQuery)
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
      {listed && listed.length > 0 && (
        <div className="mx-auto w-full max-w-4xl px-4 py-8">
          <h1 className="mb-4 break-words font-semibold text-xl">{entity ?? 'Home'}</h1>
          <RunningNow projects={listed} />
          <ProjectTable projects={listed} />
        </div>
      )}
    </main>
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
