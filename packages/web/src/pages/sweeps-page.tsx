import type { ReactElement } from 'react'
import { LaterPage } from '../components/later-page.tsx'

/** The sweeps of a project. */
export function SweepsPage(): ReactElement {
  return (
    <LaterPage title="Sweeps come later">Runs that an agent starts are in the workspace like all others.</LaterPage>
  )
}
