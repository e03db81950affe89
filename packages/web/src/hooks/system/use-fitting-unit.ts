import type { RunSummary } from '@lossline/protocol'
import { useMemo } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { elementCount, elementMax } from '../../chart/chart-line.ts'
import { toSeriesQueries } from '../../view/panels/line-queries.ts'
import { fitByteUnit, inByteUnit, readByteUnit } from '../../view/system/byte-unit.ts'
import type { SystemChart } from '../../view/system/system-charts.ts'
import { usePanelFeed } from '../chart/use-panel-feed.ts'

/** Enough for the largest reading. */
const buckets = 16

/**
 * A chart in the unit that its readings want, such as gigabytes where a client counts megabytes. Undefined while that is not
 * known, and while the chart is not seen.
 */
export function useFittingUnit(options: {
  readonly address: ProjectAddress
  readonly runs: readonly RunSummary[]
  readonly chart: SystemChart
  readonly isSeen: boolean
}): SystemChart | undefined {
  const { address, runs, chart, isSeen } = options
  const { entity, project } = address
  const unit = readByteUnit(chart.title)
  const isAsked = isSeen && unit !== undefined
  const queries = useMemo(
    () =>
      isAsked
        ? toSeriesQueries(
            {
              values: chart.lines.map(({ key, device }) => ({ kind: 'metric', key, title: device })),
              runs,
              groups: undefined,
            },
            { entity, project, stream: 'events', x: { kind: 'wall' }, buckets },
            { statistic: 'mean', band: 'none' },
          )
        : undefined,
    [isAsked, chart, runs, entity, project],
  )
  const [{ series, phase }] = usePanelFeed(queries)
  const fitting = useMemo(() => {
    if (unit === undefined || series.size === 0) return undefined
    let largest = 0
    for (const { series: one } of series.values()) {
      for (let i = 0; i < elementCount(one); i += 1) largest = Math.max(largest, elementMax(one, i) || 0)
    }
    return fitByteUnit(largest, unit).name
  }, [unit, series])
  // The same chart as long as the unit is the same: a new one would be asked for anew with every reading.
  return useMemo(() => {
    if (!isSeen) return undefined
    const [from, to] = [readByteUnit(chart.title), readByteUnit(` (${fitting})`)]
    if (from === undefined) return chart
    // Without an answer it is drawn as it was measured, and says itself what is wrong.
    if (to === undefined) return phase === 'loading' ? undefined : chart
    return inByteUnit(chart, from, to)
  }, [chart, fitting, isSeen, phase])
}
