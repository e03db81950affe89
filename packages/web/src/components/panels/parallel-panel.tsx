import { type ReactElement, useMemo } from 'react'
import { useRunValues } from '../../hooks/runs/use-run-numbers.ts'
import { parallelTable } from '../../view/panels/chart-tables.ts'
import type { ParallelConfig } from '../../view/panels/parallel-panel.ts'
import { formatCount } from '../../view/text/format.ts'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage, panelWaiting } from './panel-message.tsx'
import type { PanelProps } from './panel-props.ts'
import { ParallelPlot } from './parallel-plot.tsx'

/** More lines than anybody could follow. */
const runCountMax = 10_000

/** The visible runs as lines over their settings and results. */
export function ParallelPanel({ config, panel, context, menu }: PanelProps<ParallelConfig>): ReactElement {
  const { address, view, store } = context
  const { columns } = config
  const runs = useMemo(() => context.runs.slice(0, runCountMax), [context.runs])
  const keys = useMemo(() => columns.map(({ key }) => key), [columns])
  const found = useRunValues(address, runs, keys)
  const isReady = found.values.size > 0
  const titles = columns.map(({ title }) => title)
  return (
    <PanelFrame
      menu={menu}
      summary={`Parallel coordinates of ${formatCount(runs.length, 'run')} over ${titles.join(', ')}.`}
      table={isReady ? parallelTable(titles, runs, found.values) : undefined}
      title={panel.title}
    >
      {columns.length < 2 ? (
        <PanelMessage>Choose two axes or more in the settings of this panel.</PanelMessage>
      ) : (
        (panelWaiting(found, isReady, panel.title) ??
        (isReady ? (
          <ParallelPlot
            columns={columns}
            // The view's filter is not that of another set.
            onFilter={
              context.query === undefined
                ? (query) => store.update({ query: view.query === '' ? query : `(${view.query}) and ${query}` })
                : undefined
            }
            runs={runs}
            values={found.values}
          />
        ) : (
          <PanelMessage>No run is visible.</PanelMessage>
        )))
      )}
    </PanelFrame>
  )
}
