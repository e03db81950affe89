import { Link, Outlet } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useDocumentTitle } from '../hooks/use-store.ts'

const tabs = [
  ['/settings', 'Theme'],
  ['/settings/shortcuts', 'Shortcuts'],
] as const

/** What somebody can set for themselves. It acts at once. */
export function SettingsPage(): ReactElement {
  useDocumentTitle('Settings')
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-3xl px-4 py-8">
        <h1 className="mb-4 font-semibold text-xl">Settings</h1>
        <nav aria-label="Settings" className="tabs mb-6">
          {tabs.map(([to, label]) => (
            <Link activeOptions={{ exact: true }} className="tab" key={to} to={to}>
              {label}
            </Link>
          ))}
        </nav>
        <Outlet />
      </div>
    </main>
  )
}
