import { type ReactElement, useMemo } from 'react'
import type { LineConfig } from '../../view/panels/line-panel.ts'
import type { PanelInfo } from '../../view/sections.ts'
import { ChartPanel } from '../chart-panel.tsx'
import { PanelFrame } from './panel-frame.tsx'
import type { PanelProps } from './panel-props.ts'

/** A metric of the visible runs as lines. */
export function LinePanel({ panel, config, context, menu }: PanelProps<LineConfig>): ReactElement {
  const { metrics } = context
  const found = useMemo(() => findMetrics(config, metrics), [config, metrics])
  const info = found[0]
  const isAutomatic = panel.isAutomatic
  const drawn = useMemo(
    (): PanelInfo | undefined =>
      // A zoom in y is kept by the metric of what comes by itself, and by the panel of what somebody made.
      info && (isAutomatic ? info : { ...info, title: panel.title, panelId: panel.id }),
    [info, isAutomatic, panel.title, panel.id],
  )
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
  const { address, runs, view, store, onOnlyRun, hasLegend } = context
  return (
    <ChartPanel
      address={address}
      hasLegend={hasLegend}
      menu={menu}
      note={found.length > 1 ? `1 of ${found.length} metrics` : undefined}
      onOnlyRun={onOnlyRun}
      panel={drawn}
      runs={runs}
      store={store}
      view={view}
    />
  )
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
