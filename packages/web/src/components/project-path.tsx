import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { ProjectAddress } from '../api/queries.ts'
import { PathDivider } from './top-bar.tsx'

/** The project of a page below it, in the top bar. */
export function ProjectPath({ address }: { readonly address: ProjectAddress }): ReactElement {
  return (
    <>
      <PathDivider />
      <Link className="truncate rounded hover:text-text" params={address} to="/$entity/$project">
        {address.project}
      </Link>
    </>
  )
}
