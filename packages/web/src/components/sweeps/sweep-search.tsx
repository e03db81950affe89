import type { SweepDetail } from '@lossline/protocol'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { type ProjectAddress, runImportanceQuery } from '../../api/queries.ts'
import { useSweepRuns } from '../../hooks/sweeps/use-sweep-runs.ts'
import { shortKey } from '../../view/panels/axis-key.ts'
import { importanceTable, parallelTable } from '../../view/panels/chart-tables.ts'
import { outcomeOf, searchedKeys } from '../../view/sweeps/searched-keys.ts'
import { ChartSection } from '../chart/chart-section.tsx'
import { ImportanceChart } from '../panels/importance-chart.tsx'
import { ParallelPlot } from '../panels/parallel-plot.tsx'

/** Where a sweep has looked, and which of its parameters the metric is owed to. */
export function SweepSearch(props: {
  readonly address: ProjectAddress
  readonly sweep: SweepDetail
}): ReactElement | null {
  const { address, sweep } = props
  const { metric, parameters } = sweep
  const keys = useMemo(() => searchedKeys(parameters), [parameters])
  const outcome = outcomeOf(metric)
  const columns = useMemo(
    () =>
      [...keys, ...(outcome ? [outcome] : [])].map((key) => {
        const kind = parameters.find(({ name }) => `config.${name}` === key)?.kind ?? ''
        return { key, title: shortKey(key), isInverted: false, isLog: kind.includes('log_uniform') }
      }),
    [keys, outcome, parameters],
  )
  const { runs = noRuns } = useSweepRuns(address, sweep)
  const values = useMemo(
    () =>
      new Map(
        runs.map((run) => {
          // The result comes first there, and is the last axis here.
          const [first, ...rest] = run.values
          return [run.runId, outcome === undefined || first === undefined ? run.values : [...rest, first]]
        }),
      ),
    [runs, outcome],
  )
  const importance = useQuery({
    ...runImportanceQuery(address, { filter: { sweep: sweep.name }, outcome: outcome ?? '', keys }),
    enabled: outcome !== undefined && keys.length > 0,
    placeholderData: keepPreviousData,
  })
  if (columns.length < 2 || sweep.runCount === 0) return null
  return (
    <>
      <ChartSection
        className="h-[340px]"
        table={parallelTable(
          columns.map((column) => column.title),
          runs,
          values,
        )}
        title="Settings and results"
      >
        <ParallelPlot columns={columns} runs={runs} values={values} />
      </ChartSection>
      {importance.data && outcome && (
        <ChartSection className="pb-3" table={importanceTable(importance.data)} title="Parameter importance">
          <ImportanceChart found={importance.data} outcome={outcome} />
        </ChartSection>
      )}
    </>
  )
}

const noRuns: readonly never[] = []
