import type { SweepDetail } from '@lossline/protocol'
import { type ReactElement, useMemo } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useChosenRuns } from '../../hooks/sweeps/use-chosen-runs.ts'
import { useSweepRuns } from '../../hooks/sweeps/use-sweep-runs.ts'
import { useHeld, usePointerHold } from '../../hooks/use-pointer-hold.ts'
import { bestSoFar, bestSoFarTable } from '../../view/sweeps/best-so-far.ts'
import { ChartSection } from '../chart/chart-section.tsx'
import { PanelMessage } from '../panels/panel-message.tsx'
import { BestOverRuns } from './best-over-runs.tsx'
import { BestRunCard } from './best-run-card.tsx'
import { ChosenRuns } from './chosen-runs.tsx'
import { SweepAgents } from './sweep-agents.tsx'
import { SweepDescription } from './sweep-description.tsx'
import { SweepScatter } from './sweep-scatter.tsx'
import { SweepSearch } from './sweep-search.tsx'

/** The best run of a sweep, and how its metric went from run to run. */
export function SweepOverview(props: { readonly address: ProjectAddress; readonly sweep: SweepDetail }): ReactElement {
  const { address, sweep } = props
  const hold = usePointerHold()
  const best = useHeld(sweep.best, hold.isHeld)
  return (
    <div className="grid min-h-0 flex-1 content-start gap-3 grid-cols-[minmax(0,1fr)] overflow-y-auto p-4 lg:grid-cols-[minmax(280px,360px)_minmax(0,1fr)]">
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-3" {...hold.handlers}>
        {sweep.problem !== null && (
          <p className="rounded-lg border border-line bg-panel p-3 text-bad" role="alert">
            The configuration cannot be read: {sweep.problem}
          </p>
        )}
        <SweepDescription address={address} sweep={sweep} />
        {best && <BestRunCard address={address} best={best} sweep={sweep} />}
        <SweepAgents address={address} isHeld={hold.isHeld} sweep={sweep} />
      </div>
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-3">
        <History address={address} sweep={sweep} />
        <SweepSearch address={address} sweep={sweep} />
        {sweep.metric && <SweepScatter address={address} metric={sweep.metric} sweep={sweep} />}
        <ChosenRuns address={address} sweep={sweep} />
      </div>
    </div>
  )
}

function History({ address, sweep }: { readonly address: ProjectAddress; readonly sweep: SweepDetail }): ReactElement {
  const { metric } = sweep
  const { runs, error } = useSweepRuns(address, sweep)
  const [chosen] = useChosenRuns()
  const hold = usePointerHold()
  const shown = useHeld({ runs, bestId: sweep.best?.runId }, hold.isHeld)
  const found = useMemo(() => (shown.runs && metric ? bestSoFar(shown.runs, metric) : undefined), [shown.runs, metric])
  const table = found && metric && found.points.length > 0 ? bestSoFarTable(metric.name, found.points) : undefined
  return (
    <ChartSection
      className="h-[340px]"
      hold={hold}
      table={table}
      title={metric === null ? 'Best value over runs' : `Best ${metric.name} over runs`}
    >
      {metric === null ? (
        <PanelMessage>The configuration names no metric, so no run is better than another.</PanelMessage>
      ) : found === undefined ? (
        error ? (
          <PanelMessage>{error.message}</PanelMessage>
        ) : (
          <div aria-label="Loading the runs" className="skeleton m-3 h-[calc(100%-24px)]" role="img" />
        )
      ) : found.points.length === 0 ? (
        <PanelMessage>No run has logged {metric.name} yet.</PanelMessage>
      ) : (
        <div className="h-full px-3 pb-3">
          <BestOverRuns address={address} bestId={shown.bestId} chosen={chosen} metric={metric} {...found} />
        </div>
      )}
    </ChartSection>
  )
}
