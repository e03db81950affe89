import type { ReactElement } from 'react'
import { LaterPage } from '../components/later-page.tsx'

/** What a project is about. */
export function OverviewPage(): ReactElement {
  return <LaterPage title="The overview comes later">The workspace shows the runs of this project.</LaterPage>
}
