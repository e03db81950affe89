import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { callApi } from '../../api/client.ts'
import { trashQuery } from '../../api/project-queries.ts'
import { type ProjectAddress, runListKeys } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useRefusal } from '../../hooks/shell/use-refusal.ts'
import { restoreSweep } from '../../hooks/sweeps/use-sweep-actions.ts'
import { useServices } from '../../services.ts'
import { formatAgo, formatDateTime } from '../../view/text/format.ts'
import { GuideLink } from '../guide/guide-link.tsx'
import { OverviewSection } from './overview-section.tsx'

/** Deleted runs and sweeps that can still be brought back. */
export function TrashList({ address }: { readonly address: ProjectAddress }): ReactElement {
  const { queryClient, toasts } = useServices()
  const refusal = useRefusal()
  const { data } = useQuery(trashQuery(address))
  const restore = async (name: string, task: () => Promise<unknown>): Promise<void> => {
    try {
      await task()
      toasts.show(`${name} is back`)
    } catch (error) {
      toasts.showProblem(error)
    }
    for (const key of [...runListKeys, 'project', 'sweeps']) {
      void queryClient.invalidateQueries({ queryKey: [key, address.entity, address.project] })
    }
  }
  const items = data && [
    ...data.sweeps.map(({ name, title, deletedAtMs }) => ({
      id: `sweep ${name}`,
      title,
      kind: 'Sweep',
      deletedAtMs,
      task: () => restoreSweep(address, name),
    })),
    ...data.runs.map(({ runId, displayName, deletedAtMs }) => ({
      id: `run ${runId}`,
      title: displayName,
      kind: 'Run',
      deletedAtMs,
      task: () =>
        callApi('POST /api/projects/{entity}/{project}/trash/{trashedRunId}/restore', {
          path: { ...address, trashedRunId: runId },
        }),
    })),
  ]
  return (
    <OverviewSection anchor="trash" title="Trash">
      {items?.length === 0 && (
        <>
          <p className="text-muted">Empty. Deleted runs and sweeps stay here for 30 days.</p>
          <GuideLink to="server#deleted-runs">Deleted runs</GuideLink>
        </>
      )}
      <ul>
        {items?.map(({ id, title, kind, deletedAtMs, task }) => (
          <li className="flex items-baseline gap-3 border-line border-t py-1.5 first:border-t-0" key={id}>
            <span className="w-14 shrink-0 text-muted">{kind}</span>
            <span className="min-w-0 flex-1 break-words">{title}</span>
            <span className="whitespace-nowrap text-muted" title={formatDateTime(deletedAtMs)}>
              deleted {formatAgo(deletedAtMs, serverNowMs())}
            </span>
            <button
              aria-label={`Restore ${title}`}
              className="link-text"
              disabled={refusal !== undefined}
              onClick={() => void restore(title, task)}
              title={refusal}
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
