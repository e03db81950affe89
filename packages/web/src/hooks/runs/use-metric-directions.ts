import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { metricsQuery, type ProjectAddress } from '../../api/queries.ts'
import type { Direction } from '../../view/runs/column-settings.ts'
import { metricDirections } from '../../view/runs/metric-directions.ts'

const noMetrics: readonly never[] = []

/** Which values of metrics are good, as their definitions say; by the key of their column. Empty until it is known. */
export function useMetricDirections(address: ProjectAddress): ReadonlyMap<string, Direction> {
  const metrics = useQuery(metricsQuery(address)).data?.metrics ?? noMetrics
  return useMemo(() => metricDirections(metrics), [metrics])
}
