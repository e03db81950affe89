import { useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, Suspense, useMemo } from 'react'
import { chartDefinitionQuery } from '../../api/custom-chart-queries.ts'
import type { ChartRows } from '../../hooks/use-chart-rows.ts'
import { formatCount } from '../../view/format.ts'
import type { CustomChartConfig } from '../../view/panels/custom-chart-panel.ts'
import { fillSpec } from '../../view/vega/fill-spec.ts'
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
  if (definition.error) return <Message>{definition.error.message}</Message>
  if (filled?.kind === 'problem') return <Message>{filled.message}</Message>
  if (filled === undefined && definitionId === undefined) return <Message>This chart has no spec.</Message>
  const hasRows = data.rows.length > 0
  if (data.error && !hasRows) {
    return (
      <Message>
        {data.error.message}{' '}
        <button className="link-text" onClick={data.retry} type="button">
          Retry
        </button>
      </Message>
    )
  }
  const loading = <div aria-label={`Loading ${title}`} className="skeleton h-full" role="img" />
  if (filled === undefined || (data.isPending && !hasRows)) return loading
  if (!hasRows) return <Message>The runs have nothing of what this chart asks for.</Message>
  return (
    <Suspense fallback={loading}>
      <LazyVegaPlot filled={filled} label={`${title}: ${formatCount(data.rows.length, 'row')}.`} rows={data.rows} />
    </Suspense>
  )
}

function Message({ children }: { readonly children: ReactNode }): ReactElement {
  return <p className="flex h-full items-center justify-center p-4 text-center text-muted">{children}</p>
}
