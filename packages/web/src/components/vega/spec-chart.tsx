import { useQuery } from '@tanstack/react-query'
import { type ReactElement, Suspense, useMemo } from 'react'
import { chartDefinitionQuery } from '../../api/custom-chart-queries.ts'
import type { ChartRows } from '../../hooks/chart/use-chart-rows.ts'
import type { CustomChartConfig } from '../../view/panels/custom-chart-panel.ts'
import { formatCount } from '../../view/text/format.ts'
import { fillSpec } from '../../view/vega/fill-spec.ts'
import { PanelMessage, panelWaiting } from '../panels/panel-message.tsx'
import { LazyVegaPlot } from './lazy-vega-plot.ts'

/** A chart by a spec of its own, or by a definition that somebody has stored; or why it cannot be drawn. */
export function SpecChart(props: {
  readonly config: Pick<CustomChartConfig, 'specText' | 'definitionId' | 'fields' | 'texts'>
  readonly data: ChartRows
  readonly title: string
}): ReactElement {
  const { data, title } = props
  const { specText, definitionId, fields, texts } = props.config
  const definition = useQuery({
    ...chartDefinitionQuery(definitionId ?? ''),
    enabled: specText === undefined && definitionId !== undefined,
  })
  const text = specText ?? definition.data?.spec
  const filled = useMemo(
    () => (text === undefined ? undefined : fillSpec(text, { fields, texts })),
    [text, fields, texts],
  )
  if (definition.error) return <PanelMessage>{definition.error.message}</PanelMessage>
  if (filled?.kind === 'problem') return <PanelMessage>{filled.message}</PanelMessage>
  if (filled === undefined && definitionId === undefined) return <PanelMessage>This chart has no spec.</PanelMessage>
  const hasRows = data.rows.length > 0
  const waiting = panelWaiting(data, hasRows, title)
  if (waiting) return waiting
  const loading = <div aria-label={`Loading ${title}`} className="skeleton h-full" role="img" />
  if (filled === undefined) return loading
  if (!hasRows) return <PanelMessage>The runs have nothing of what this chart asks for.</PanelMessage>
  return (
    <Suspense fallback={loading}>
      <LazyVegaPlot filled={filled} label={`${title}: ${formatCount(data.rows.length, 'row')}.`} rows={data.rows} />
    </Suspense>
  )
}
