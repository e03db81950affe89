import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { apiPath, postJson } from '../../api/client.ts'
import { trashQuery } from '../../api/project-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useServices } from '../../services.ts'
import { formatAgo, formatDateTime } from '../../view/format.ts'
import { OverviewSection } from './overview-section.tsx'

/** Deleted runs that can still be brought back. */
export function TrashList({ address }: { readonly address: ProjectAddress }): ReactElement {
  const { queryClient, toasts } = useServices()
  const { data } = useQuery(trashQuery(address))
  const restore = async (runId: string, name: string): Promise<void> => {
    const { entity, project } = address
    try {
      await postJson(apiPath('projects', entity, project, 'trash', runId, 'restore'), {})
      toasts.show(`${name} is back`)
    } catch (error) {
      toasts.showProblem(error)
    }
    for (const key of ['runs', 'project', 'run-groups']) {
      void queryClient.invalidateQueries({ queryKey: [key, entity, project] })
    }
  }
  return (
    <OverviewSection title="Trash">
      {data?.runs.length === 0 && <p className="text-muted">Empty. Deleted runs stay here for 30 days.</p>}
      <ul>
        {data?.runs.map(({ runId, displayName, deletedAtMs }) => (
          <li className="flex items-baseline gap-3 border-line border-t py-1.5 first:border-t-0" key={runId}>
            <span className="min-w-0 flex-1 break-words">{displayName}</span>
            <span className="whitespace-nowrap text-muted" title={formatDateTime(deletedAtMs)}>
              deleted {formatAgo(deletedAtMs, serverNowMs())}
            </span>
            <button
              aria-label={`Restore ${displayName}`}
              className="link-text"
              onClick={() => void restore(runId, displayName)}
              type="button"
            >
              Restore
            </button>
          </li>
        ))}
      </ul>
    </OverviewSection>
  )
}
