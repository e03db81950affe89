import { usePrefetchQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { metricsQuery, type ProjectAddress } from '../api/queries.ts'
import { OpenView } from '../components/workspace/open-view.tsx'
import { WorkspaceView } from '../components/workspace/workspace-view.tsx'

/** Runs of a project beside their charts. */
export function WorkspacePage(): ReactElement {
  const { entity, project } = useParams({ strict: false }) as { entity: string; project: string }
  return <OpenWorkspace entity={entity} group={undefined} project={project} />
}

/** Waits for what people arranged, while the page asks for the rest already. */
export function OpenWorkspace(props: ProjectAddress & { readonly group: string | undefined }): ReactElement {
  const { entity, project, group } = props
  // Asked for and not listened to: each answer would draw the whole page anew.
  usePrefetchQuery(metricsQuery({ entity, project }))
  return (
    <OpenView entity={entity} key={group} project={project}>
      {(opened) => <WorkspaceView entity={entity} group={group} opened={opened} project={project} />}
    </OpenView>
  )
}
