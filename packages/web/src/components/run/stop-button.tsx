import { CircleStop } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useRefusal } from '../../hooks/shell/use-refusal.ts'
import { useServices } from '../../services.ts'
import { runStopWrite } from '../../view/writes/run-writes.ts'
import type { WriteOutcome } from '../../view/writes/write.ts'

/** Asks the program of a run to end, after asking once whether that is meant. */
export function StopButton({
  address,
  run,
  isOfSweep,
}: {
  readonly address: ProjectAddress
  readonly run: { readonly runId: string; readonly name: string }
  /** An agent starts the next run of the search then. */
  readonly isOfSweep: boolean
}): ReactElement | null {
  const refusal = useRefusal()
  const [isAsking, setIsAsking] = useState(false)
  const { writes } = useServices()
  const [outcome, setOutcome] = useState<WriteOutcome['kind'] | 'pending'>()
  const stop = async (): Promise<void> => {
    setOutcome('pending')
    const { kind } = await writes.submit(runStopWrite(address, run))
    setOutcome(kind)
    setIsAsking(false)
  }
  if (outcome === 'sent' || outcome === 'waits') {
    return (
      <span className="text-muted" role="status">
        {outcome === 'sent' ? 'Asked to stop' : 'Asked to stop once the server is back'}
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
      {isOfSweep ? 'End this run’s program? The agent will start the next run.' : 'End this run’s program?'}
      <button className="button" disabled={outcome === 'pending'} onClick={() => void stop()} type="button">
        Stop it
      </button>
      <button className="button" onClick={() => setIsAsking(false)} type="button">
        Let it run
      </button>
    </span>
  )
}
