import type { ReactElement } from 'react'
import { LaterPage } from '../components/later-page.tsx'

/** One sweep. */
export function SweepPage(): ReactElement {
  return (
    <LaterPage title="Sweeps come later">Runs that an agent starts are in the workspace like all others.</LaterPage>
  )
}
