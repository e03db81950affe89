import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { accountQuery } from '../api/account-queries.ts'
import { ApiError } from '../api/client.ts'
import { ApiKeyList } from '../components/settings/api-key-list.tsx'
import { ErrorMessage } from '../components/shell/page-message.tsx'

/** Somebody's own account and keys. */
export function SettingsAccount(): ReactElement {
  const query = useQuery(accountQuery)
  if (query.error instanceof ApiError && query.error.status === 404) {
    return (
      <p>
        You need no account and no key here: this server is open to its own machine. Accounts begin with{' '}
        <code className="font-mono">lossline user add NAME</code>.
      </p>
    )
  }
  if (query.error && !query.data) return <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <div aria-label="Loading the account" className="skeleton h-40" role="img" />
  const { name, email, isAdmin, teams, keys } = query.data
  return (
    <>
      <h2 className="mb-2 font-semibold text-lg">Profile</h2>
      <dl className="mb-6 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 rounded-lg border border-line bg-panel p-4">
        <dt className="text-muted">Name</dt>
        <dd>{name}</dd>
        {email !== '' && (
          <>
            <dt className="text-muted">Mail</dt>
            <dd className="break-words">{email}</dd>
          </>
        )}
        <dt className="text-muted">Role</dt>
        <dd>{isAdmin ? 'Admin of this server' : 'User'}</dd>
        {teams.length > 0 && (
          <>
            <dt className="text-muted">Teams</dt>
            <dd>{teams.map(({ team, role }) => `${team} (${role})`).join(', ')}</dd>
          </>
        )}
      </dl>
      <ApiKeyList keys={keys} />
    </>
  )
}
