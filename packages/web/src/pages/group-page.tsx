import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { OpenWorkspace } from './workspace-page.tsx'

/** The workspace of a project with the runs of one group alone. */
export function GroupPage(): ReactElement {
  const { entity, project, group } = useParams({ strict: false }) as { entity: string; project: string; group: string }
  return <OpenWorkspace entity={entity} group={group} project={project} />
}
