import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { projectsQuery, sessionQuery, statusQuery } from '../api/queries.ts'
import { CollectGarbage } from '../components/settings/collect-garbage.tsx'
import { TeamList } from '../components/settings/team-list.tsx'
import { UserTable } from '../components/settings/user-table.tsx'
import { useDocumentTitle } from '../hooks/use-store.ts'
import { formatNumber } from '../view/text/format.ts'

/** The server: what it holds, and for admins who may use it. */
export function AdminPage(): ReactElement {
  const { data: session } = useQuery(sessionQuery)
  const { data: status } = useQuery(statusQuery)
  const { data: projects } = useQuery(projectsQuery)
  useDocumentTitle('Server')
  const isAdmin = session?.mode === 'keys' && session.user?.isAdmin === true
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-4xl px-4 py-8">
        <h1 className="mb-4 font-semibold text-xl">Server</h1>
        <dl className="mb-6 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 rounded-lg border border-line bg-panel p-4">
          <dt className="text-muted">Version</dt>
          <dd>{status?.version}</dd>
          <dt className="text-muted">Projects</dt>
          <dd>{projects && formatNumber(projects.projects.length)}</dd>
          <dt className="text-muted">Runs</dt>
          <dd>{status && formatNumber(status.runCount)}</dd>
          {status?.dataDirectory !== undefined && (isAdmin || session?.mode === 'open') && (
            <>
              <dt className="text-muted">Data</dt>
              <dd>
                <code className="break-all font-mono">{status.dataDirectory}</code>
              </dd>
            </>
          )}
          <dt className="text-muted">Who may ask</dt>
          <dd>
            {status?.mode === 'keys' ? 'Whoever has a key' : 'Everybody who reaches it; it is meant for this machine'}
          </dd>
        </dl>
        {session?.mode === 'open' && (
          <p className="text-muted">
            Nobody has an account. The first one is made on the server’s machine with{' '}
            <code className="font-mono text-text">lossline user add NAME --admin</code>; from then on everybody needs a
            key. A backup is made with <code className="font-mono text-text">lossline backup</code>.
          </p>
        )}
        {session?.mode === 'keys' && !isAdmin && (
          <p className="text-muted">Users and storage are for admins of the server.</p>
        )}
        {isAdmin && (
          <>
            <UserTable />
            <TeamList />
            <CollectGarbage />
          </>
        )}
      </div>
    </main>
  )
}
