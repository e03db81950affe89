import { type ReactElement, useMemo } from 'react'
import type { ChartLines } from '../../hooks/chart/use-chart.ts'
import { useLegendNames } from '../../hooks/chart/use-legend-names.ts'
import { useRunGroups } from '../../hooks/runs/use-run-groups.ts'
import { useSame } from '../../hooks/use-same.ts'
import { drawnGrouping, withOneGroup, withQuantileBand } from '../../view/panels/grouping.ts'
import { type LineConfig, withRunLimit } from '../../view/panels/line-panel.ts'
import { toPanelValues } from '../../view/panels/panel-values.ts'
import { toRunParts, wholeParts } from '../../view/panels/run-groups.ts'
import { namesWithSets } from '../../view/runs/drawn-sets.ts'
import { wordsOfMetrics } from '../../view/workspace/metric-words.ts'
import type { PanelInfo } from '../../view/workspace/sections.ts'
import { ChartPanel, type ChartPanelProps } from '../chart/chart-panel.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage } from './panel-message.tsx'
import type { PanelContext, PanelProps } from './panel-props.ts'

/** Metrics or formulas of the visible runs, or of groups of them, as lines. */
export function LinePanel({ panel, config, context, menu }: PanelProps<LineConfig>): ReactElement {
  const { address, metrics, view, store, onOnlyRun, hasLegend } = context
  const { xMin, xMax } = context.xEnds ?? {}
  const { runCountMax } = config
  const found = useMemo(() => toPanelValues(config.sources, metrics, config.goal), [config, metrics])
  const values = useSame(found.values)
  const runs = useMemo(() => context.runs.slice(0, runCountMax), [context.runs, runCountMax])
  const { runSets } = context
  const { isOneGroup } = config
  const yShare = sharesY(config) ? context.yShare : undefined
  const parts = useMemo(
    () => toRunParts(runs, { keys: isOneGroup ? noKeys : config.groupBy, groupBy: view.groupBy, sets: runSets }),
    [runs, isOneGroup, config.groupBy, view.groupBy, runSets],
  )
  const isGrouped = parts.some(({ keys }) => keys.length > 0)
  const byKeys = useRunGroups(address, parts)
  const grouped = useMemo(() => (isOneGroup ? wholeParts(parts) : byKeys), [isOneGroup, parts, byKeys])
  const labels = useMemo(() => runSets && namesWithSets(runSets), [runSets])
  const names = useLegendNames(address, runs, config.legendTemplate, panel.title)
  const lines = useMemo((): ChartLines => {
    const { join, limits, form, legendPosition } = config
    return {
      values,
      groups: grouped?.groups,
      singles: grouped?.singles,
      grouping: drawnGrouping(config.grouping, form),
      join,
      form,
      limits: { ...limits, xMin, xMax },
      labels: names.labels ?? labels,
      pointTemplate: names.point,
      legendPosition,
      yShare,
    }
  }, [config, values, grouped, xMin, xMax, names, labels, yShare])
  const { first } = found
  const drawn = useMemo((): PanelInfo | undefined => {
    // A zoom in y is kept by the metric of what comes by itself, and by the panel of what somebody made.
    if (first && panel.isAutomatic) return first
    if (values.length === 0) return undefined
    // Of what is worked out nobody has said anything.
    const infos = config.sources.origin === 'formulas' ? [] : found.names.flatMap((name) => metrics.get(name) ?? [])
    const words = wordsOfMetrics(infos)
    const info = first ?? noMetric
    return { ...info, ...words, goal: config.goal ?? words.goal, title: panel.title, panelId: panel.id }
  }, [first, values, found.names, metrics, config, panel.isAutomatic, panel.title, panel.id])

  if (drawn === undefined) {
    return (
      <PanelFrame menu={menu} summary="No data." title={panel.title}>
        <PanelMessage>{found.problem ?? noDataText(config.sources)}</PanelMessage>
      </PanelFrame>
    )
  }
  return (
    <ChartPanel
      address={address}
      applySettings={context.applySettings}
      hasLegend={hasLegend}
      isFullScreen={context.isFullScreen}
      lines={lines}
      menu={menu}
      cap={capOf(runs.length, context, panel.id)}
      note={found.problem}
      onOnlyRun={onOnlyRun}
      panel={drawn}
      // Until it is known which runs belong together, lines of single runs would only flash by.
      runs={isGrouped && grouped === undefined ? noRuns : runs}
      setRunsShown={context.setRunsShown}
      oneGroup={
        context.changePanel && {
          isOn: isOneGroup,
          set: (isOn) =>
            context.changePanel?.(panel.id, (json) => (isOn ? withQuantileBand(json) : withOneGroup(json, false))),
        }
      }
      store={store}
      view={view}
    />
  )
}

/** Ends that somebody has set stay, and shares of a sum are nothing that other charts have. */
function sharesY({ limits: { yMin, yMax }, form }: LineConfig): boolean {
  return yMin === undefined && yMax === undefined && form !== 'percent'
}

const noRuns: readonly never[] = []
const noKeys: readonly never[] = []

/** What a chart of formulas alone is, where a panel asks about its metric. */
const noMetric: PanelInfo = {
  panelId: '',
  key: '',
  stream: 'history',
  title: '',
  stepMetric: null,
  goal: null,
  description: '',
  unit: '',
  runCount: 0,
  isSingle: false,
}

function noDataText({ origin, pattern, metrics }: LineConfig['sources']): string {
  return `No run here has logged ${origin === 'pattern' ? `anything like /${pattern}/` : metrics.join(', ') || 'it'}.`
}

/** Of the runs that are drawn on the page the panel may have its own limit, which goes before that of the page. */
function capOf(drawnCount: number, { runs, cap, changePanel }: PanelContext, panelId: string): ChartPanelProps['cap'] {
  if (drawnCount < runs.length) {
    return {
      drawnCount,
      total: runs.length,
      show: (choice) => changePanel?.(panelId, (json) => withRunLimit(json, choice === 'all' ? undefined : choice)),
    }
  }
  return cap && drawnCount < cap.total ? { drawnCount, ...cap } : undefined
}
