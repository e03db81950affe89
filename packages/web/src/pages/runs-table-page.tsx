import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { RunsTableView } from '../components/runs/runs-table-view.tsx'
import { OpenView } from '../components/workspace/open-view.tsx'

/** Runs of a project as a table, as the view has them: the one that the address names, else one's own. */
export function RunsTablePage(): ReactElement {
  const { entity, project } = useParams({ strict: false }) as { entity: string; project: string }
  return (
    <OpenView entity={entity} project={project}>
      {(opened) => <RunsTableView entity={entity} opened={opened} project={project} />}
    </OpenView>
  )
}
