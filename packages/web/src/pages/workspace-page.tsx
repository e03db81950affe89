import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { metricsQuery, type ProjectAddress } from '../api/queries.ts'
import { openedWorkspaceQuery } from '../api/view-queries.ts'
import { ErrorMessage } from '../components/page-message.tsx'
import { WorkspaceView } from '../components/workspace/workspace-view.tsx'
import { toViewName } from '../view/workspace/view-names.ts'

/** Runs of a project beside their charts. */
export function WorkspacePage(): ReactElement {
  const { entity, project } = useParams({ strict: false }) as { entity: string; project: string }
  return <OpenWorkspace entity={entity} group={undefined} project={project} />
}

/** Waits for what people arranged, while the page asks for the rest already. */
export function OpenWorkspace(props: ProjectAddress & { readonly group: string | undefined }): ReactElement {
  const { entity, project, group } = props
  const { nw } = useSearch({ strict: false }) as { readonly nw?: string }
  const address = { entity, project }
  const name = nw === undefined || nw === '' ? undefined : toViewName(nw)
  const opened = useQuery(openedWorkspaceQuery(address, name))
  useQuery(metricsQuery(address))
  if (opened.data) {
    // A new project or view is a new page: nothing of the old one may shine through.
    const key = [entity, project, group ?? '', opened.data.name, name !== undefined && opened.data.view === null].join(
      '/',
    )
    return <WorkspaceView group={group} key={key} opened={opened.data} project={project} entity={entity} />
  }
  if (opened.error) {
    return (
      <main className="flex flex-1">
        <ErrorMessage error={opened.error} onRetry={() => void opened.refetch()} />
      </main>
    )
  }
  return <main aria-busy="true" className="flex-1" />
}
