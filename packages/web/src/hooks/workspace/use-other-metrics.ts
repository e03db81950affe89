import type { MetricInfo } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { metricsQuery, type ProjectAddress } from '../../api/queries.ts'
import { mergeMetrics } from '../../view/workspace/merge-metrics.ts'
import { withoutGrowth } from '../../view/workspace/sections.ts'
import { useStableList } from '../use-stable-list.ts'

/** Metrics of a view whose runs are of several projects. */
export interface MetricsOfView {
  /** As far as they are known; undefined until those of its own project are. */
  readonly metrics: readonly MetricInfo[] | undefined
  /** No other project has still to tell of its own. */
  readonly isWhole: boolean
}

/** Adds what only other projects know. @param own - Of the view's own project. */
export function useWithOtherMetrics(
  own: readonly MetricInfo[] | undefined,
  others: readonly ProjectAddress[],
): MetricsOfView {
  const answers = useQueries({ queries: others.map((at) => ({ ...metricsQuery(at), select: withoutGrowth })) })
  const found = useStableList(answers.flatMap(({ data }) => data?.metrics ?? []))
  const metrics = useMemo(() => own && mergeMetrics(own, found), [own, found])
  return { metrics, isWhole: own !== undefined && answers.every(({ isPending }) => !isPending) }
}
