import type { RunSummary } from '@lossline/protocol'
import { type ReactElement, useMemo, useRef } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { type ChartLines, useChart } from '../../hooks/chart/use-chart.ts'
import { useFittingUnit } from '../../hooks/system/use-fitting-unit.ts'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useSeen } from '../../hooks/use-seen.ts'
import type { ViewState } from '../../view/address/url-state.ts'
import type { ViewStore } from '../../view/address/view-store.ts'
import type { SystemChart } from '../../view/system/system-charts.ts'
import type { PanelInfo } from '../../view/workspace/sections.ts'
import { ChartPanel } from '../chart/chart-panel.tsx'
import { DeviceHeat } from './device-heat.tsx'

interface SystemChartProps {
  readonly address: ProjectAddress
  readonly runs: readonly RunSummary[]
  readonly chart: SystemChart
  /** The view shows the last minutes, whatever they are. */
  readonly hasMovingRange: boolean
  readonly view: ViewState
  readonly store: ViewStore
}

/** One reading over time, a line for each device; of several also as a heat map, where many lines would hide each other. */
export function SystemChartCard(props: SystemChartProps): ReactElement {
  const { address, runs, chart, hasMovingRange, view, store } = props
  const card = useRef<HTMLDivElement>(null)
  const isSeen = useSeen(card)
  const shown = useFittingUnit({ address, runs, chart, isSeen })
  const [panel, lines] = useMemo(() => [shown && toPanel(shown), shown && toLines(shown)], [shown])
  return (
    <div className="min-w-0" ref={card}>
      <div className="h-64">
        {panel && lines && (
          <ChartPanel
            address={address}
            hasLegend={false}
            hasMovingRange={hasMovingRange}
            lines={lines}
            onOnlyRun={() => {}}
            panel={panel}
            runs={runs}
            store={store}
            view={view}
          />
        )}
      </div>
      {panel && lines && chart.lines.length > 1 && <Heat {...props} lines={lines} panel={panel} />}
    </div>
  )
}

function Heat(props: SystemChartProps & { readonly panel: PanelInfo; readonly lines: ChartLines }): ReactElement {
  const { address, runs, view, panel, lines } = props
  const body = useRef<HTMLDivElement>(null)
  const { width } = useElementSize(body)
  const { model } = useChart({ address, panel, runs, lines, view, plotWidth: width })
  return (
    <div className="mt-1 min-h-6 rounded-lg border border-line bg-panel pt-2" ref={body}>
      {model.content && <DeviceHeat lines={model.lines} range={model.content.x} title={panel.title} />}
    </div>
  )
}

function toPanel({ id, title, lines }: SystemChart): PanelInfo {
  return {
    panelId: `system:${id}`,
    key: lines[0]?.key ?? '',
    stream: 'events',
    title,
    stepMetric: null,
    goal: null,
    description: '',
    unit: '',
    runCount: 1,
    isSingle: false,
  }
}

function toLines({ lines, isShare }: SystemChart): ChartLines {
  return {
    values: lines.map(({ device, key, expression }) =>
      expression === undefined
        ? { kind: 'metric', key, title: device }
        : { kind: 'expression', expression, title: device },
    ),
    stylesBy: 'value',
    groups: undefined,
    grouping: { statistic: 'mean', band: 'none' },
    limits: isShare ? { yMin: 0, yMax: 100 } : {},
  }
}
