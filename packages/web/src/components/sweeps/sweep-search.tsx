import type { SweepDetail } from '@lossline/protocol'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { type ProjectAddress, runImportanceQuery } from '../../api/queries.ts'
import { useRunValues } from '../../hooks/use-run-numbers.ts'
import { useRuns } from '../../hooks/use-runs.ts'
import { shortKey } from '../../view/panels/axis-key.ts'
import { ImportanceChart } from '../panels/importance-chart.tsx'
import { ParallelPlot } from '../panels/parallel-plot.tsx'

/** Where a sweep has looked, and which of its parameters the metric is owed to. */
export function SweepSearch(props: {
  readonly address: ProjectAddress
  readonly sweep: SweepDetail
}): ReactElement | null {
  const { address, sweep } = props
  const { metric, parameters } = sweep
  const keys = useMemo(
    () => parameters.filter(({ kind }) => kind !== 'constant').map(({ name }) => `config.${name}`),
    [parameters],
  )
  const outcome = metric === null ? undefined : `summary.${metric.name}`
  const columns = useMemo(
    () =>
      [...keys, ...(outcome ? [outcome] : [])].map((key) => {
        const kind = parameters.find(({ name }) => `config.${name}` === key)?.kind ?? ''
        return { key, title: shortKey(key), isInverted: false, isLog: kind.includes('log_uniform') }
      }),
    [keys, outcome, parameters],
  )
  const list = useMemo(() => ({ filter: { sweep: sweep.name }, sort: oldestFirst }), [sweep.name])
  const { runs } = useRuns(address, list, everyRun)
  const there = useMemo(() => runs.filter((run) => run !== undefined), [runs])
  const asked = useMemo(() => columns.map(({ key }) => key), [columns])
  const found = useRunValues(address, there, asked)
  const importance = useQuery({
    ...runImportanceQuery(address, { filter: { sweep: sweep.name }, outcome: outcome ?? '', keys }),
    enabled: outcome !== undefined && keys.length > 0,
    placeholderData: keepPreviousData,
  })
  if (columns.length < 2 || sweep.runCount === 0) return null
  return (
    <>
      <section aria-label="Runs over their settings" className="h-[340px] rounded-lg border border-line bg-panel">
        <h2 className="px-3 pt-2 font-semibold">Settings and results</h2>
        <div className="h-[calc(100%-32px)]">
          <ParallelPlot columns={columns} runs={there} values={found.values} />
        </div>
      </section>
      {importance.data && outcome && (
        <section aria-label="Parameter importance" className="rounded-lg border border-line bg-panel pb-3">
          <h2 className="px-3 pt-2 pb-1 font-semibold">Parameter importance</h2>
          <ImportanceChart found={importance.data} outcome={outcome} />
        </section>
      )}
    </>
  )
}

const everyRun = { base: { kind: 'all' }, shown: [], hidden: [] } as const
const oldestFirst = [{ key: 'run.created', isDescending: false }] as const
