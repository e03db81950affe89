import type { ReactElement } from 'react'
import { LaterPage } from '../components/later-page.tsx'

/** The reports of a project. */
export function ReportsPage(): ReactElement {
  return (
    <LaterPage title="Reports come later">
      Saved reports are kept as they are, and W&amp;B’s libraries can read and write them.
    </LaterPage>
  )
}
