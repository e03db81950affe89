import { useMutation } from '@tanstack/react-query'
import { CircleStop } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { apiPath, postForBytes } from '../api/client.ts'
import type { ProjectAddress } from '../api/queries.ts'

/** Asks the program of a run to end, after asking once whether that is meant. */
export function StopButton({
  address,
  runId,
}: {
  readonly address: ProjectAddress
  readonly runId: string
}): ReactElement {
  const [isAsking, setIsAsking] = useState(false)
  const stop = useMutation({
    mutationFn: () => postForBytes(apiPath('runs', address.entity, address.project, runId, 'stop'), {}),
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
        <button className="button" onClick={() => setIsAsking(true)} type="button">
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
      End this run's program?
      <button className="button" disabled={stop.isPending} onClick={() => stop.mutate()} type="button">
        Stop it
      </button>
      <button className="button" onClick={() => setIsAsking(false)} type="button">
        Let it run
      </button>
    </span>
  )
}
