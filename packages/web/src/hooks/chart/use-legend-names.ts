import type { RunSummary } from '@lossline/protocol'
import { useMemo } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import {
  fillLegend,
  type LegendPart,
  legendKeys,
  metricNameKey,
  parseLegendTemplate,
} from '../../view/chart/legend-template.ts'
import { formatCell } from '../../view/runs/cell-format.ts'
import { useRunValues } from '../runs/use-run-numbers.ts'

/** What a template makes of the runs of a chart. */
export interface LegendNames {
  /** By run ids; undefined until they are known, and without a template. */
  readonly labels: ReadonlyMap<string, string> | undefined
  /** What it says of each point. */
  readonly point: readonly LegendPart[] | undefined
}

/** Names of runs by a template. `metricName` is what they are drawn of. */
export function useLegendNames(
  address: ProjectAddress,
  runs: readonly RunSummary[],
  template: string | undefined,
  metricName: string,
): LegendNames {
  const parsed = useMemo(() => (template === undefined ? undefined : parseLegendTemplate(template)), [template])
  const keys = useMemo(() => (parsed === undefined ? none : legendKeys(parsed)), [parsed])
  const { values } = useRunValues(address, runs, keys)
  return useMemo(() => {
    if (parsed === undefined) return { labels: undefined, point: undefined }
    const point = parsed.point.length > 0 ? parsed.point : undefined
    // A template of points alone names nothing.
    if (parsed.label.length === 0) return { labels: undefined, point }
    const labels = new Map<string, string>()
    for (const { runId } of runs) {
      const own = values.get(runId)
      if (keys.length > 0 && own === undefined) continue
      const textOf = (key: string): string =>
        key === metricNameKey
          ? metricName
          : formatCell(
              own?.[keys.indexOf(key)] ?? null,
              { kind: key === 'run.created' ? 'time' : 'text' },
              serverNowMs(),
            ).text
      labels.set(runId, fillLegend(parsed.label, textOf))
    }
    return { labels, point }
  }, [parsed, keys, values, runs, metricName])
}

const none: readonly never[] = []
