import { useMutation } from '@tanstack/react-query'
import { CircleStop } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { callApi } from '../../api/client.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { useRefusal } from '../../hooks/shell/use-refusal.ts'

/** Asks the program of a run to end, after asking once whether that is meant. */
export function StopButton({
  address,
  runId,
  isOfSweep,
}: {
  readonly address: ProjectAddress
  readonly runId: string
  /** An agent starts the next run of the search then. */
  readonly isOfSweep: boolean
}): ReactElement | null {
  const refusal = useRefusal()
  const [isAsking, setIsAsking] = useState(false)
  const stop = useMutation({
    mutationFn: () =>
      callApi('POST /api/runs/{entity}/{project}/{runId}/stop', {
        path: { entity: address.entity, project: address.project, runId },
      }),
    onSettled: () => setIsAsking(false),
  })
  if (stop.isSuccess) {
    return (
      <span className="text-muted" role="status">
        Asked to stop
      </span>
    )
  }
  if (!isAsking) {
    return (
      <span className="flex items-center gap-2">
        <button
          className="button"
          disabled={refusal !== undefined}
          onClick={() => setIsAsking(true)}
          title={refusal}
          type="button"
        >
          <CircleStop size={14} /> Stop
        </button>
        {stop.error && (
          <span className="text-sm" role="alert">
            {stop.error.message}
          </span>
        )}
      </span>
    )
  }
  return (
    <span className="flex items-center gap-2">
      {isOfSweep ? 'End this run’s program? The agent will start the next run.' : 'End this run’s program?'}
      <button className="button" disabled={stop.isPending} onClick={() => stop.mutate()} type="button">
        Stop it
      </button>
      <button className="button" onClick={() => setIsAsking(false)} type="button">
        Let it run
      </button>
    </span>
  )
}
