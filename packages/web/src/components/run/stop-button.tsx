import type { RunDetail } from '@lossline/protocol'
import { CircleStop } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useRefusal } from '../../hooks/shell/use-refusal.ts'
import { useValue } from '../../hooks/use-store.ts'
import { useServices } from '../../services.ts'
import { isStopOf, runStopWrite } from '../../view/writes/run-writes.ts'

/** Asks the program of a run to end, after asking once whether that is meant; then says that it was asked. */
export function StopButton({
  address,
  run,
}: {
  readonly address: ProjectAddress
  readonly run: Pick<RunDetail, 'runId' | 'displayName' | 'sweepId' | 'isStopRequested'>
}): ReactElement {
  const refusal = useRefusal()
  const [isAsking, setIsAsking] = useState(false)
  const { writes } = useServices()
  const { runId, displayName: name } = run
  const isLater = useValue(writes.waiting).some((write) => isStopOf(write, { ...address, runId }))
  if (run.isStopRequested) {
    return (
      <span className="mr-3 text-muted" role="status">
        {isLater ? 'Asked to stop once the server is back' : 'Asked to stop'}
      </span>
    )
  }
  if (!isAsking) {
    return (
      <button
        className="button"
        disabled={refusal !== undefined}
        onClick={() => setIsAsking(true)}
        title={refusal}
        type="button"
      >
        <CircleStop size={14} /> Stop
      </button>
    )
  }
  return (
    <span className="flex items-center gap-2">
      {/* An agent starts the next run of the search then. */}
      {run.sweepId !== '' ? 'End this run’s program? The agent will start the next run.' : 'End this run’s program?'}
      <button
        className="button"
        onClick={() => {
          setIsAsking(false)
          void writes.submit(runStopWrite(address, { runId, name }))
        }}
        type="button"
      >
        Stop it
      </button>
      <button className="button" onClick={() => setIsAsking(false)} type="button">
        Let it run
      </button>
    </span>
  )
}
