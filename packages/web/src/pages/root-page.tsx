import { isReservedName } from '@lossline/protocol'
import { Link, Outlet, useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { AppShell } from '../components/shell/app-shell.tsx'
import { MissingCode } from '../components/shell/missing-code.tsx'
import { PageMessage } from '../components/shell/page-message.tsx'
import { isMissingCode } from '../view/browser/missing-code.ts'

/** What is around every page. */
export function RootPage(): ReactElement {
  const { entity } = useParams({ strict: false })
  return <AppShell>{entity !== undefined && isReservedName(entity) ? <NotFoundPage /> : <Outlet />}</AppShell>
}

/** An address that means nothing. */
export function NotFoundPage(): ReactElement {
  return (
    <main className="flex flex-1">
      <PageMessage title="There is no such page">
        <Link className="button mt-2" to="/">
          All projects
        </Link>
      </PageMessage>
    </main>
  )
}

/** A page that failed as a whole; its panels fail alone. */
export function FailedPage({ error, reset }: { readonly error: unknown; readonly reset: () => void }): ReactElement {
  if (isMissingCode(error)) {
    return (
      <main className="flex flex-1">
        <MissingCode error={error} isPage />
      </main>
    )
  }
  return (
    <main className="flex flex-1">
      <PageMessage title="This page failed to draw">
        <p role="alert">Your data is safe. {error instanceof Error ? error.message : String(error)}</p>
        <button className="button mt-4" onClick={reset} type="button">
          Try again
        </button>
      </PageMessage>
    </main>
  )
}
