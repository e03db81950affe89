import type { MetricsResponse } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { useCallback } from 'react'
import { metricsQuery, type ProjectAddress } from '../../api/queries.ts'
import { type ColumnMetric, createColumnMetrics } from '../../view/runs/column-metrics.ts'
import { useStableList } from '../use-stable-list.ts'

const noMetrics: readonly never[] = []

/** Thousands of metrics are looked through once for all that ask. */
const wordsOf = new WeakMap<MetricsResponse, readonly ColumnMetric[]>()
const finders = new WeakMap<readonly ColumnMetric[], (columnKey: string) => ColumnMetric | undefined>()

/**
 * Finds the metric that a column or a value of a summary is of, by its key. Finds none until they are known.
 *
 * @param others - Projects that tell of metrics that the first one does not know. Default: none.
 */
export function useColumnMetrics(
  address: ProjectAddress,
  others: readonly ProjectAddress[] = noMetrics,
): (columnKey: string) => ColumnMetric | undefined {
  const answers = useQueries({
    queries: [address, ...others].map((at) => ({ ...metricsQuery(at), select: toWords })),
  })
  const known = useStableList(answers.map(({ data = noMetrics }) => finderOf(data)))
  return useCallback(
    (columnKey) => known.map((find) => find(columnKey)).find((metric) => metric !== undefined),
    [known],
  )
}

function finderOf(metrics: readonly ColumnMetric[]): (columnKey: string) => ColumnMetric | undefined {
  const known = finders.get(metrics) ?? createColumnMetrics(metrics)
  finders.set(metrics, known)
  return known
}

/** Without what grows with every row of a run that goes on: nobody is drawn anew for it here. */
function toWords(response: MetricsResponse): readonly ColumnMetric[] {
  const words =
    wordsOf.get(response) ??
    response.metrics.map(({ key, stream, description, unit, goal }) => ({ key, stream, description, unit, goal }))
  wordsOf.set(response, words)
  return words
}
