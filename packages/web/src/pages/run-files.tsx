import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { addressOf } from '../api/client.ts'
import { runFilesQuery } from '../api/media-queries.ts'
import { serverNowMs } from '../api/server-clock.ts'
import { FileBrowser } from '../components/files/file-browser.tsx'
import { GuideLink } from '../components/guide/guide-link.tsx'
import { ErrorMessage, PageMessage } from '../components/shell/page-message.tsx'
import { isActive } from '../view/run/run-state.ts'
import { isTableFile } from '../view/tables/table-file.ts'
import { formatAgo, formatDateTime } from '../view/text/format.ts'
import { useOpenRun } from './run-page.tsx'

const refreshIntervalMs = 10_000

/** The files of a run. */
export function RunFiles(): ReactElement {
  const { address, run } = useOpenRun()
  const at = useMemo(() => ({ ...address, runId: run.runId }), [address, run.runId])
  const query = useQuery({
    ...runFilesQuery(at),
    // No event tells of files.
    refetchInterval: isActive(run.state) ? refreshIntervalMs : false,
  })
  if (query.error && !query.data) return <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <div aria-label="Loading files" className="skeleton m-4 h-40" role="img" />
  if (query.data.files.length === 0) {
    return (
      <PageMessage title={isActive(run.state) ? 'No files yet' : 'This run has no files'}>
        <p>Media, tables and what run.save() was given appear here when they are uploaded.</p>
        <GuideLink to="artifacts#models-code-and-files">Saving files with a run</GuideLink>
      </PageMessage>
    )
  }
  const now = serverNowMs()
  return (
    <>
      <h2 className="sr-only">Files</h2>
      <FileBrowser
        zipUrl={addressOf('GET /api/runs/{entity}/{project}/{runId}/zip', { path: at })}
        files={query.data.files.map(({ updatedAtMs, ...file }) => ({
          ...file,
          ...(isTableFile(file.name) && { table: { kind: 'run-file', ...at, name: file.name } as const }),
          note: { text: formatAgo(updatedAtMs, now), title: formatDateTime(updatedAtMs) },
        }))}
      />
    </>
  )
}
