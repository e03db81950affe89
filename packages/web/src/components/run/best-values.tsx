import type { RunDetail } from '@lossline/protocol'
import { useQueries, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { bestPointsQuery } from '../../api/mark-queries.ts'
import { metricsQuery, type ProjectAddress } from '../../api/queries.ts'
import { bestMetricsOf } from '../../view/run/best-metrics.ts'
import { formatNumber } from '../../view/text/format.ts'
import { formatValue } from '../../view/text/unit.ts'

/** The best values that a run has come to, and where. */
export function BestValues(props: { readonly address: ProjectAddress; readonly run: RunDetail }): ReactElement | null {
  const { address, run } = props
  const { data } = useQuery(metricsQuery(address, run.runId))
  const metrics = data ? bestMetricsOf(data.metrics) : []
  const queries = useQueries({
    queries: metrics.map(({ key, goal }) =>
      bestPointsQuery(address, { runIds: [run.runId], key, goal, x: { kind: 'step' } }, run.state),
    ),
  })
  const found = metrics.flatMap((metric, index) => {
    const point = queries[index]?.data?.[0]?.[1]
    return point === undefined ? [] : [{ ...metric, point }]
  })
  if (found.length === 0) return null
  return (
    <ul aria-label="Best values" className="mt-1 flex flex-wrap gap-x-5">
      {found.map(({ key, title, goal, unit, point }) => (
        <li key={key}>
          <span className="text-muted">
            {goal === 'minimize' ? 'Lowest' : 'Highest'} {title}
          </span>{' '}
          <span className="font-medium">{formatValue(point.value, unit)}</span>{' '}
          <span className="text-muted">at step {formatNumber(point.step)}</span>
        </li>
      ))}
    </ul>
  )
}
