import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import { ApiError } from '../api/client.ts'
import { projectQuery } from '../api/project-queries.ts'
import { sessionQuery } from '../api/queries.ts'
import { serverNowMs } from '../api/server-clock.ts'
import { Contributors } from '../components/project/contributors.tsx'
import { DangerZone } from '../components/project/danger-zone.tsx'
import { DescriptionEditor } from '../components/project/description-editor.tsx'
import { ProjectTags } from '../components/project/project-tags.tsx'
import { ProtectedAliases } from '../components/project/protected-aliases.tsx'
import { StorageTable } from '../components/project/storage-table.tsx'
import { TrashList } from '../components/project/trash-list.tsx'
import { ErrorMessage, PageMessage } from '../components/shell/page-message.tsx'
import { useDocumentTitle, useNow } from '../hooks/use-store.ts'
import { formatAgo, formatCount, formatDateTime } from '../view/text/format.ts'

/** What a project is about, who works on it, what it takes, and what ends it. */
export function OverviewPage(): ReactElement {
  const { entity, project } = useParams({ strict: false }) as { entity: string; project: string }
  const address = useMemo(() => ({ entity, project }), [entity, project])
  const query = useQuery(projectQuery(address))
  const { data: session } = useQuery(sessionQuery)
  const now = useNow(serverNowMs, 5000)
  useDocumentTitle(`Overview · ${project}`)
  const detail = query.data?.project
  if (query.error instanceof ApiError && query.error.status === 404) {
    return (
      <main className="flex flex-1">
        <PageMessage title={`No project ${project} of ${entity}`}>
          <Link className="button mt-2" to="/">
            All projects
          </Link>
        </PageMessage>
      </main>
    )
  }
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-4xl px-4 py-8">
        <h1 className="break-words font-semibold text-xl">{project}</h1>
        {query.error && !detail && <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <div aria-label="Loading the project" className="skeleton mt-4 h-40" role="img" />}
        {detail && (
          <>
            <div className="mt-2">
              <ProjectTags project={detail} />
            </div>
            <p className="mt-1 mb-6 text-muted">
              {formatCount(detail.runCount, 'run')}
              {detail.runningCount > 0 && `, ${detail.runningCount} running`} ·{' '}
              <span title={formatDateTime(detail.createdAtMs)}>made {formatAgo(detail.createdAtMs, now)}</span> ·{' '}
              <span title={formatDateTime(detail.updatedAtMs)}>active {formatAgo(detail.updatedAtMs, now)}</span>
            </p>
            <DescriptionEditor address={address} description={detail.description} />
            <Contributors address={address} />
            <ProtectedAliases project={detail} />
            <StorageTable address={address} />
            {/* Somebody who has followed a link sees nothing that was thrown away, and can do nothing of the kind. */}
            {session?.sharedKind === undefined && (
              <>
                <TrashList address={address} />
                <DangerZone project={detail} />
              </>
            )}
          </>
        )}
      </div>
    </main>
  )
}
