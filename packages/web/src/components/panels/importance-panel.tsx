import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo } from 'react'
import { runImportanceQuery } from '../../api/queries.ts'
import { stateOfQueries } from '../../hooks/query-state.ts'
import { useRunFilter } from '../../hooks/runs/use-run-filter.ts'
import { importanceTable } from '../../view/panels/chart-tables.ts'
import type { ImportanceConfig } from '../../view/panels/importance-panel.ts'
import { ImportanceChart } from './importance-chart.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage, panelWaiting } from './panel-message.tsx'
import type { PanelProps } from './panel-props.ts'

/** What a number of all runs that match the filter is owed to, whether they are visible or not. */
export function ImportancePanel({ config, panel, context, menu }: PanelProps<ImportanceConfig>): ReactElement {
  const { address, queryAt = address, view } = context
  const { outcome } = config
  const { filter } = useRunFilter(queryAt, context.query ?? view.query)
  const request = useMemo(() => ({ ...(filter && { filter }), outcome: outcome ?? '' }), [filter, outcome])
  const query = useQuery({
    ...runImportanceQuery(queryAt, request),
    enabled: outcome !== undefined,
    placeholderData: keepPreviousData,
  })
  const { data } = query
  return (
    <PanelFrame
      menu={menu}
      summary={`Parameter importance, ${data?.parameters.length ?? 0} parameters.`}
      table={data && importanceTable(data)}
      title={panel.title}
    >
      {outcome === undefined ? (
        <PanelMessage>Choose in the settings of this panel which result is to be explained.</PanelMessage>
      ) : view.groupBy.length > 0 ? (
        <PanelMessage>Runs are grouped. Importance looks at runs one by one: take the grouping away.</PanelMessage>
      ) : (
        (panelWaiting(stateOfQueries([query]), data !== undefined, panel.title) ??
        (data && <ImportanceChart found={data} outcome={outcome} />))
      )}
    </PanelFrame>
  )
}
