import { Link } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'
import { ApiError } from '../../api/client.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { PageMessage } from './page-message.tsx'

/** Whether the server knows no such thing. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404
}

/** What somebody asked for by an address is not there: what may have become of it, and where to look. */
export function NotFound(props: {
  /** `run a1b2`, `sweep xyz`. */
  readonly what: string
  readonly address: ProjectAddress
  /** What may have happened. Default: it was deleted or moved. */
  readonly why?: string
  /** Links to where it may be. */
  readonly children?: ReactNode
}): ReactElement {
  return (
    <PageMessage title={`No ${props.what} in ${props.address.project}`}>
      <p>{props.why ?? 'It may have been deleted or moved.'}</p>
      <p className="mt-4 flex flex-wrap justify-center gap-2">{props.children}</p>
    </PageMessage>
  )
}

/** The way to what was deleted and can be brought back. */
export function TrashLink({ address }: { readonly address: ProjectAddress }): ReactElement {
  return (
    <Link className="button" hash="trash" params={address} to="/$entity/$project/overview">
      Open trash
    </Link>
  )
}
