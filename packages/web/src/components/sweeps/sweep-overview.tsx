import type { SweepDetail } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { sweepRunsQuery } from '../../api/sweep-queries.ts'
import { bestSoFar } from '../../view/sweeps/best-so-far.ts'
import { BestOverRuns } from './best-over-runs.tsx'
import { BestRunCard } from './best-run-card.tsx'
import { JoinSweep } from './join-sweep.tsx'
import { SweepSearch } from './sweep-search.tsx'

/** The best run of a sweep, and how its metric went from run to run. */
export function SweepOverview(props: { readonly address: ProjectAddress; readonly sweep: SweepDetail }): ReactElement {
  const { address, sweep } = props
  return (
    <div className="grid min-h-0 flex-1 content-start gap-3 grid-cols-[minmax(0,1fr)] overflow-y-auto p-4 lg:grid-cols-[minmax(280px,360px)_minmax(0,1fr)]">
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-3">
        {sweep.problem !== null && (
          <p className="rounded-lg border border-line bg-panel p-3 text-bad" role="alert">
            The configuration cannot be read: {sweep.problem}
          </p>
        )}
        {sweep.best && <BestRunCard address={address} best={sweep.best} sweep={sweep} />}
        <JoinSweep address={address} sweep={sweep} />
      </div>
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-3">
        <section aria-label="Best value so far" className="h-[340px] rounded-lg border border-line bg-panel p-3">
          <History address={address} sweep={sweep} />
        </section>
        <SweepSearch address={address} sweep={sweep} />
      </div>
    </div>
  )
}

function History({ address, sweep }: { readonly address: ProjectAddress; readonly sweep: SweepDetail }): ReactElement {
  const { metric } = sweep
  const runs = useQuery({ ...sweepRunsQuery(address, sweep.name, metric?.name ?? ''), enabled: metric !== null })
  if (metric === null) {
    return <Message>The configuration names no metric, so no run is better than another.</Message>
  }
  if (runs.error && !runs.data) return <Message>{runs.error.message}</Message>
  if (!runs.data) return <div aria-label="Loading the runs" className="skeleton h-full" role="img" />
  const { points, missingCount } = bestSoFar(runs.data.runs, metric)
  if (points.length === 0) return <Message>No run has logged {metric.name} yet.</Message>
  return <BestOverRuns address={address} metric={metric} missingCount={missingCount} points={points} />
}

function Message({ children }: { readonly children: React.ReactNode }): ReactElement {
  return <p className="flex h-full items-center justify-center p-4 text-center text-muted">{children}</p>
}
