import type { ReactElement } from 'react'
import { LaterPage } from '../components/later-page.tsx'

/** The workspace of one group of runs. */
export function GroupPage(): ReactElement {
  return <LaterPage title="Groups come later">The workspace shows the runs of all groups.</LaterPage>
}
