import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactElement, useMemo } from 'react'
import { reportsQuery } from '../api/project-queries.ts'
import { serverNowMs } from '../api/server-clock.ts'
import { GuideLink } from '../components/guide/guide-link.tsx'
import { ErrorMessage, PageMessage } from '../components/shell/page-message.tsx'
import { useDocumentTitle } from '../hooks/use-store.ts'
import { formatAgo, formatDateTime } from '../view/text/format.ts'

/** Reports that W&B's libraries have saved. They are kept and listed; this page does not show what is in them yet. */
export function ReportsPage(): ReactElement {
  const { entity, project } = useParams({ strict: false }) as { entity: string; project: string }
  const query = useQuery(reportsQuery(useMemo(() => ({ entity, project }), [entity, project])))
  useDocumentTitle(`Reports · ${project}`)
  const reports = query.data?.views ?? []
  if (query.error && !query.data) {
    return (
      <main className="flex flex-1">
        <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
      </main>
    )
  }
  if (query.data && reports.length === 0) {
    return (
      <main className="flex flex-1">
        <PageMessage title="Reports come later">
          <p>
            Reports cannot be written here yet. Those that W&B’s libraries save in this project are kept whole and
            listed here.
          </p>
          <GuideLink to="page#reports">Reports</GuideLink>
        </PageMessage>
      </main>
    )
  }
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-4xl px-4 py-8">
        <h1 className="font-semibold text-xl">Reports</h1>
        <p className="mt-1 mb-4 text-muted">Saved by W&B’s libraries and kept whole. Reading them here comes later.</p>
        {query.isPending && <div aria-label="Loading reports" className="skeleton h-40" role="img" />}
        {reports.length > 0 && (
          <ul className="rounded-lg border border-line bg-panel">
            {reports.map((report) => (
              <li className="border-line border-t px-4 py-2 first:border-t-0" key={report.id}>
                <span className="font-medium">{report.displayName || report.name}</span>
                {report.description !== '' && <span className="block break-words">{report.description}</span>}
                <span className="block text-muted text-sm" title={formatDateTime(report.updatedAtMs)}>
                  {report.username} · saved {formatAgo(report.updatedAtMs, serverNowMs())}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </main>
  )
}
