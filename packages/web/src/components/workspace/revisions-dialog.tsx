import type { ViewDetail, ViewRevision } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { type ViewActions, viewRevisionsQuery } from '../../api/view-queries.ts'
import { useServices } from '../../services.ts'
import { formatDateTime } from '../../view/text/format.ts'
import { Dialog } from '../controls/dialog.tsx'
import { Failure } from '../controls/failure.tsx'

/** What a view was: who saved it when, and the way back. */
export function RevisionsDialog(props: {
  readonly address: ProjectAddress
  readonly view: ViewDetail
  readonly actions: ViewActions
  readonly mayWrite: boolean
  readonly onRestored: (view: ViewDetail) => void
  readonly onClose: () => void
}): ReactElement {
  const { address, view, actions, mayWrite, onRestored, onClose } = props
  const { toasts } = useServices()
  const { data, error, refetch } = useQuery(viewRevisionsQuery(address, view.id))
  const [restoring, setRestoring] = useState<number>()
  const restore = async ({ number }: ViewRevision): Promise<void> => {
    setRestoring(number)
    try {
      onRestored(await actions.restore(view.id, number))
      onClose()
    } catch (problem) {
      toasts.showProblem(problem)
      setRestoring(undefined)
    }
  }
  return (
    <Dialog onClose={onClose} title={`Revisions of ${view.displayName || 'this view'}`}>
      {error && !data && <Failure error={error} onRetry={refetch} />}
      {!data && !error && <div aria-label="Loading revisions" className="skeleton h-40" role="img" />}
      <ol>
        {data?.revisions.map((revision, index) => (
          <li className="flex min-h-10 items-center gap-3 border-line border-t" key={revision.number}>
            <span className="w-10 shrink-0 text-muted">{revision.number}</span>
            <span className="min-w-0 flex-1">
              {formatDateTime(revision.savedAtMs)}
              <span className="block truncate text-muted text-sm">
                {revision.username || 'somebody'}
                {revision.displayName === view.displayName ? '' : `, as ${revision.displayName}`}
              </span>
            </span>
            {index === 0 ? (
              <span className="text-muted">Now</span>
            ) : (
              <button
                aria-label={`Restore revision ${revision.number}`}
                className="button"
                disabled={!mayWrite || restoring !== undefined}
                onClick={() => void restore(revision)}
                type="button"
              >
                Restore
              </button>
            )}
          </li>
        ))}
      </ol>
      {data && data.revisions.length >= 50 && <p className="mt-2 text-muted text-sm">Older ones are not kept.</p>}
    </Dialog>
  )
}
