import type { RunDetail } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useParams } from '@tanstack/react-router'
import { createContext, type ReactElement, useContext, useMemo } from 'react'
import { type ProjectAddress, runQuery } from '../api/queries.ts'
import { RunHeader } from '../components/run/run-header.tsx'
import { isNotFound, NotFound, TrashLink } from '../components/shell/not-found.tsx'
import { ErrorMessage } from '../components/shell/page-message.tsx'
import { useCrumb, useDocumentTitle } from '../hooks/use-store.ts'
import { keepRunSet } from '../view/run/run-set.ts'

/** The run that the tabs are about. */
export interface OpenRun {
  readonly address: ProjectAddress
  readonly run: RunDetail
}

const OpenRunContext = createContext<OpenRun | undefined>(undefined)

/** The run of the page around. @throws outside of a run page. */
export function useOpenRun(): OpenRun {
  const open = useContext(OpenRunContext)
  if (!open) throw new Error('Not inside a run page.')
  return open
}

/** Header and tabs of one run. */
export function RunPage(): ReactElement {
  const { entity, project, runId } = useParams({ strict: false }) as { entity: string; project: string; runId: string }
  const address = useMemo(() => ({ entity, project }), [entity, project])
  const query = useQuery(runQuery(address, runId))
  const run = query.data?.run
  useDocumentTitle(run ? `${run.displayName} · ${project}` : project)
  useCrumb(run?.displayName ?? runId)
  const open = useMemo(() => run && { address, run }, [address, run])
  const isMissing = isNotFound(query.error)
  return (
    <main className="flex min-h-0 flex-1 flex-col">
      {open && (
        <OpenRunContext value={open}>
          <RunHeader {...open} />
          <Tabs {...address} runId={runId} />
          <Outlet />
        </OpenRunContext>
      )}
      {!open && isMissing && (
        <NotFound address={address} what={`run ${runId}`}>
          <Link className="button" params={address} to="/$entity/$project/table">
            Search runs
          </Link>
          <TrashLink address={address} />
        </NotFound>
      )}
      {!open && query.error && !isMissing && <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <div aria-label="Loading the run" className="skeleton m-4 h-16" role="img" />}
    </main>
  )
}

const tabs = [
  ['/$entity/$project/runs/$runId', 'Charts'],
  ['/$entity/$project/runs/$runId/overview', 'Overview'],
  ['/$entity/$project/runs/$runId/system', 'System'],
  ['/$entity/$project/runs/$runId/logs', 'Logs'],
  ['/$entity/$project/runs/$runId/media', 'Media'],
  ['/$entity/$project/runs/$runId/tables', 'Tables'],
  ['/$entity/$project/runs/$runId/artifacts', 'Artifacts'],
  ['/$entity/$project/runs/$runId/files/$', 'Files'],
  ['/$entity/$project/runs/$runId/code', 'Code'],
] as const

function Tabs(params: { readonly entity: string; readonly project: string; readonly runId: string }): ReactElement {
  return (
    <nav aria-label="Run" className="flex shrink-0 gap-5 overflow-x-auto border-line border-b bg-panel px-4 pt-1">
      {tabs.map(([to, label]) => (
        <Link
          activeOptions={{ exact: to === '/$entity/$project/runs/$runId', includeSearch: false }}
          className="border-transparent border-b-2 px-1 pb-2 text-muted hover:text-text data-[status=active]:border-accent data-[status=active]:font-medium data-[status=active]:text-text"
          key={to}
          params={params}
          search={keepRunSet as never}
          to={to}
        >
          {label}
        </Link>
      ))}
    </nav>
  )
}
