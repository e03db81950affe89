import { type ReactElement, useMemo } from 'react'
import type { ChartLines } from '../../hooks/use-chart.ts'
import { useRunGroups } from '../../hooks/use-run-groups.ts'
import type { LineConfig } from '../../view/panels/line-panel.ts'
import type { LineValue } from '../../view/panels/line-queries.ts'
import type { PanelInfo } from '../../view/sections.ts'
import { ChartPanel } from '../chart-panel.tsx'
import { PanelFrame } from './panel-frame.tsx'
import type { PanelProps } from './panel-props.ts'

/** Metrics or formulas of the visible runs, or of groups of them, as lines. */
export function LinePanel({ panel, config, context, menu }: PanelProps<LineConfig>): ReactElement {
  const { address, metrics, view, store, onOnlyRun, hasLegend } = context
  const { expressions, runCountMax } = config
  const found = useMemo(() => findMetrics(config, metrics), [config, metrics])
  const runs = useMemo(() => context.runs.slice(0, runCountMax), [context.runs, runCountMax])
  const groupBy = config.groupBy ?? view.groupBy
  const groups = useRunGroups(address, groupBy, runs)
  const lines = useMemo((): ChartLines => {
    const values = expressions.length > 0 ? expressions.map(toFormula) : found.map(toMetric)
    const { grouping, xExpression, yMin, yMax } = config
    return { values, groups, grouping, xExpression, yMin, yMax }
  }, [config, expressions, found, groups])
  const drawn = useMemo((): PanelInfo | undefined => {
    const [info] = found
    // A zoom in y is kept by the metric of what comes by itself, and by the panel of what somebody made.
    if (info && panel.isAutomatic) return info
    if (info === undefined && expressions.length === 0) return undefined
    return { ...(info ?? noMetric), title: panel.title, panelId: panel.id }
  }, [found, expressions, panel.isAutomatic, panel.title, panel.id])

  if (drawn === undefined) {
    return (
      <PanelFrame menu={menu} summary="No data." title={panel.title}>
        <p className="flex h-full items-center justify-center p-4 text-center text-muted">
          No run here has logged{' '}
          {config.pattern ? `anything like /${config.pattern}/` : config.metrics.join(', ') || 'it'}.
        </p>
      </PanelFrame>
    )
  }
  return (
    <ChartPanel
      address={address}
      hasLegend={hasLegend}
      lines={lines}
      menu={menu}
      note={noteOf(runs.length, context.runs.length)}
      onOnlyRun={onOnlyRun}
      panel={drawn}
      // Until it is known which runs belong together, lines of single runs would only flash by.
      runs={groupBy.length > 0 && groups === undefined ? noRuns : runs}
      store={store}
      view={view}
    />
  )
}

const noRuns: readonly never[] = []

/** What a chart of formulas alone is, where a panel asks about its metric. */
const noMetric: PanelInfo = {
  panelId: '',
  key: '',
  stream: 'history',
  title: '',
  stepMetric: null,
  goal: null,
  runCount: 0,
  isSingle: false,
}

function toMetric({ key, title }: PanelInfo): LineValue {
  return { kind: 'metric', key, title }
}

function toFormula(expression: string): LineValue {
  return { kind: 'expression', expression }
}

function noteOf(drawnCount: number, runCount: number): string | undefined {
  return drawnCount < runCount ? `${drawnCount} of ${runCount} runs` : undefined
}

function findMetrics({ metrics: names, pattern }: LineConfig, metrics: PanelProps['context']['metrics']): PanelInfo[] {
  if (pattern === undefined) return names.flatMap((name) => metrics.get(name) ?? [])
  try {
    const expression = new RegExp(pattern)
    return [...metrics].filter(([name]) => expression.test(name)).map(([, info]) => info)
  } catch {
    return []
  }
}
