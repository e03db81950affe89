import { decodeKeyPath } from '@lossline/protocol'
import { useMemo } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import type { TitledMetric } from '../../components/metrics/metric-title.tsx'
import type { PanelContext } from '../../components/panels/panel-props.ts'
import { metricOfSource, toValueSource, type ValueSource } from '../../view/panels/value-source.ts'
import type { ColumnMetric } from '../../view/runs/column-metrics.ts'
import type { MetricsByName } from '../../view/workspace/automatic-panels.ts'
import { useColumnMetrics } from './use-column-metrics.ts'

/** What is known of the metric that a panel has its numbers from; undefined where they are of none. */
export function usePanelMetric(
  { address, otherProjects }: Pick<PanelContext, 'address' | 'otherProjects'>,
  source: ValueSource | undefined,
): TitledMetric | undefined {
  const metricOf = useColumnMetrics(address, otherProjects)
  return useMemo(() => {
    const found = source && metricOfSource(source, metricOf)
    return found && withTitle(found)
  }, [source, metricOf])
}

/** The metrics that a panel names, as far as they are any. */
export function usePanelMetrics(
  address: ProjectAddress,
  names: readonly string[],
  metrics: MetricsByName,
): readonly TitledMetric[] {
  const metricOf = useColumnMetrics(address)
  const found = names.flatMap((name) => metricOfSource(toValueSource(name, metrics), metricOf) ?? [])
  return [...new Map(found.map((metric) => [metric.key, withTitle(metric)])).values()]
}

function withTitle(metric: ColumnMetric): TitledMetric {
  return { ...metric, title: decodeKeyPath(metric.key).join('.') }
}
