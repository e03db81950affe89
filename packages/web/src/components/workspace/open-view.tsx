import type { OpenedWorkspaceResponse } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Fragment, type ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { openedWorkspaceQuery } from '../../api/view-queries.ts'
import type { SearchParams } from '../../view/address/url-state.ts'
import { viewOfAddress } from '../../view/workspace/view-names.ts'
import { ErrorMessage } from '../shell/page-message.tsx'

/** Waits for what people arranged: the view that the address names, else one's own. */
export function OpenView(
  props: ProjectAddress & { readonly children: (opened: OpenedWorkspaceResponse) => ReactElement },
): ReactElement {
  const { entity, project } = props
  const { name, type } = viewOfAddress(useSearch({ strict: false }) as SearchParams)
  const opened = useQuery(openedWorkspaceQuery({ entity, project }, name, type))
  if (opened.data) {
    // A new project or view is a new page: nothing of the old one may shine through.
    const key = [entity, project, type, opened.data.name, name !== undefined && opened.data.view === null].join('/')
    return <Fragment key={key}>{props.children(opened.data)}</Fragment>
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
