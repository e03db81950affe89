import { Link, useParams } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import { useDocumentTitle } from '../hooks/use-store.ts'
import { PageMessage } from './page-message.tsx'

/** A page of a project that this release does not have, and what does the same meanwhile. */
export function LaterPage({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  const { entity, project } = useParams({ strict: false }) as { entity: string; project: string }
  useDocumentTitle(`${title} · ${project}`)
  return (
    <main className="flex flex-1">
      <PageMessage title={title}>
        <p>{children}</p>
        <Link className="button mt-4" params={{ entity, project }} to="/$entity/$project">
          To the workspace
        </Link>
      </PageMessage>
    </main>
  )
}
