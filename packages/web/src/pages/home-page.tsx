import type { ProjectSummary } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useEffect, useRef } from 'react'
import { projectsQuery, sessionQuery } from '../api/queries.ts'
import { GuideLink } from '../components/guide/guide-link.tsx'
import { HomeSkeleton } from '../components/home/home-skeleton.tsx'
import { ProjectTable } from '../components/home/project-table.tsx'
import { RecentRuns } from '../components/home/recent-runs.tsx'
import { RunningNow } from '../components/home/running-now.tsx'
import { SampleOffer } from '../components/sample/sample-offer.tsx'
import { ErrorMessage, PageMessage } from '../components/shell/page-message.tsx'
import { useDocumentTitle } from '../hooks/use-store.ts'
import { FirstRun } from './first-run.tsx'

/** What runs now, all projects, and the latest runs. */
export function HomePage(): ReactElement {
  const query = useQuery(projectsQuery)
  const { data: session } = useQuery(sessionQuery)
  useDocumentTitle('')
  const projects = query.data?.projects
  const isShared = session?.sharedKind !== undefined
  const isWaiting = projects?.length === 0 && session !== undefined && !isShared
  useFirstRun(isWaiting, projects)
  return (
    <main className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      {query.isPending && <HomeSkeleton />}
      {query.error && !projects && <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />}
      {isWaiting && <FirstRun hasSample />}
      {projects?.length === 0 && isShared && (
        <PageMessage title="Only what was shared with you is here">
          <p>Follow the link once more to come back to it.</p>
          <GuideLink to="server#view-only-links">View-only links</GuideLink>
        </PageMessage>
      )}
      {projects && projects.length > 0 && (
        <div className="mx-auto w-full max-w-4xl px-4 py-8">
          <h1 className="mb-4 font-semibold text-xl">Home</h1>
          <RunningNow projects={projects} />
          <ProjectTable projects={projects} />
          <RecentRuns projects={projects} />
          {!isShared && <SampleOffer className="mt-8" />}
        </div>
      )}
    </main>
  )
}

/** Turns a page that waited for a first run into the workspace of that run. The sample is no such run. */
function useFirstRun(isWaiting: boolean, projects: readonly ProjectSummary[] | undefined): void {
  const navigate = useNavigate()
  const hasWaited = useRef(false)
  if (isWaiting) hasWaited.current = true
  useEffect(() => {
    if (!hasWaited.current || projects === undefined || projects.length === 0) return
    const found = projects.find(({ isSample, runCount }) => !isSample && runCount > 0)
    // Whoever looks at the sample meanwhile is not taken away from it.
    if (found !== undefined || projects.some(({ isSample }) => isSample)) hasWaited.current = false
    if (found === undefined) return
    const { entity, project } = found
    void navigate({ to: '/$entity/$project', params: { entity, project }, replace: true })
  }, [projects, navigate])
}
