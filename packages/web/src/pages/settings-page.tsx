import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { sessionQuery } from '../api/queries.ts'
import { useDocumentTitle } from '../hooks/use-store.ts'

/** What somebody can set for themselves. It acts at once. */
export function SettingsPage(): ReactElement {
  const { data: session } = useQuery(sessionQuery)
  useDocumentTitle('Settings')
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-3xl px-4 py-8">
        <h1 className="mb-4 font-semibold text-xl">Settings</h1>
        <nav aria-label="Settings" className="tabs mb-6">
          <Link activeOptions={{ exact: true }} className="tab" to="/settings">
            Theme
          </Link>
          <Link className="tab" to="/settings/shortcuts">
            Shortcuts
          </Link>
          {session?.mode === 'keys' && (
            <Link className="tab" to="/settings/account">
              Account and keys
            </Link>
          )}
        </nav>
        <Outlet />
      </div>
    </main>
  )
}
