import type { SweepDetail } from '@lossline/protocol'
import { type ReactElement, useMemo } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { useChosenRuns } from '../../hooks/sweeps/use-chosen-runs.ts'
import { useSweepAxis } from '../../hooks/sweeps/use-sweep-axis.ts'
import { useSweepImportance } from '../../hooks/sweeps/use-sweep-importance.ts'
import { useSweepRuns } from '../../hooks/sweeps/use-sweep-runs.ts'
import { useHeld, usePointerHold } from '../../hooks/use-pointer-hold.ts'
import { shortKey } from '../../view/panels/axis-key.ts'
import { importanceTable, parallelTable } from '../../view/panels/chart-tables.ts'
import { markOf } from '../../view/sweeps/best-so-far.ts'
import { searchedKeys } from '../../view/sweeps/searched-keys.ts'
import { isLogParameter } from '../../view/sweeps/sweep-scatter.ts'
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
  const outcome = metric?.key
  const plotHold = usePointerHold()
  const runs = useHeld(useSweepRuns(address, sweep).runs ?? noRuns, plotHold.isHeld)
  const results = useMemo(
    () =>
      runs.flatMap(({ values: [value], state }) => (typeof value === 'number' ? [{ value, mark: markOf(state) }] : [])),
    [runs],
  )
  const { range } = useSweepAxis(outcome === undefined ? noResults : results, metric)
  const columns = useMemo(
    () =>
      [...keys, ...(outcome ? [outcome] : [])].map((key) => {
        const parameter = parameters.find(({ name }) => `config.${name}` === key)
        return {
          key,
          title: shortKey(key),
          isInverted: false,
          isLog: parameter !== undefined && isLogParameter(parameter),
          ...(key === outcome && { ends: range }),
        }
      }),
    [keys, outcome, parameters, range],
  )
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
  const tableHold = usePointerHold()
  const importance = useHeld(useSweepImportance(address, sweep), tableHold.isHeld)
  const [chosen, choose] = useChosenRuns()
  if (columns.length < 2 || sweep.runCount === 0) return null
  return (
    <>
      <ChartSection
        className="h-[340px]"
        hold={plotHold}
        table={parallelTable(
          columns.map((column) => column.title),
          runs,
          values,
        )}
        title="Settings and results"
      >
        <ParallelPlot choice={{ runIds: chosen, choose }} columns={columns} runs={runs} values={values} />
      </ChartSection>
      {outcome && (
        <ChartSection
          className="pb-3"
          hold={tableHold}
          table={importance.found && importanceTable(importance.found)}
          title="Parameter importance"
        >
          {/* As high from the beginning as it will be, so that nothing below moves. */}
          <div style={{ minHeight: 36 + 24 * keys.length }}>
            {importance.found && <ImportanceChart found={importance.found} outcome={outcome} />}
          </div>
        </ChartSection>
      )}
    </>
  )
}

const noRuns: readonly never[] = []
const noResults: readonly never[] = []
